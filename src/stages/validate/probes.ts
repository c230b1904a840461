import type { Instance } from '../../domain/instance.ts';
import { SCOPES } from '../../domain/recipe.ts';
import { idsWith } from '../../engine/junit/ids-with.ts';
import { runTests } from '../../testbed/run-tests.ts';
import type { Observed, RunNeeds, Subject } from './state-runs.ts';

/** Half a year on, over a change to summer time, and a zone with odd minutes on the other side of the date line. */
const shift = '+183d';
const timeZone = 'Pacific/Chatham';
/** The loader knows $LIB: "lib/x86_64-linux-gnu" on Debian. A library that it does not find it passes by with a message. */
export const clockEnv = {
  TZ: timeZone,
  LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
  FAKETIME: shift,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
} as const;

/** The gold patch under another clock: tests that pass only today are known to users. */
export async function probeClock(
  { candidate, build }: Subject,
  { bed, scope, transitions }: Pick<RunNeeds, 'bed' | 'scope'> & Pick<Observed, 'transitions'>,
  signal: AbortSignal,
): Promise<Instance['clock']> {
  const patches = [candidate.goldPatch, candidate.testPatch];
  const command = { image: build.image, recipe: build.recipe, scope, laying: { patches }, env: clockEnv };
  const outcome = await runTests(bed, command, signal);
  if (outcome.kind === 'patch-refused') return { shift, timeZone, end: 'patch-refused', differing: [] };
  const passing = idsWith(outcome.run.report, 'pass');
  const expected = [...transitions.failToPass.map(({ id }) => id), ...transitions.passToPass];
  return { shift, timeZone, end: outcome.run.end, differing: expected.filter((id) => !passing.has(id)).sort() };
}

/** One run of everything with the gold patch; null where the scope is everything by then. */
export async function measureWholeSuite(
  { candidate, build }: Subject,
  { bed, scope }: Pick<RunNeeds, 'bed' | 'scope'>,
  signal: AbortSignal,
): Promise<Instance['wholeSuite']> {
  const all = SCOPES[SCOPES.length - 1] ?? 'all';
  const { test } = build.recipe;
  if (scope === all || test[scope] === test[all]) return null;
  const patches = [candidate.goldPatch, candidate.testPatch];
  const command = { image: build.image, recipe: build.recipe, scope: all, laying: { patches } };
  const outcome = await runTests(bed, command, signal);
  if (outcome.kind === 'patch-refused') return null;
  const { end, ms, reportBytes, report } = outcome.run;
  const failing = report.tests.filter(({ status }) => status === 'fail' || status === 'error').length;
  return { end, ms, tests: report.tests.length, failing, reportBytes };
}
