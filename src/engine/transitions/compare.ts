import type { FailToPass, FlakyTest, SeenStatus, StateRun, Transitions } from '../../domain/transitions.ts';
import { contradictionsOf } from './contradictions.ts';
import { type SeenState, seeState, unanimous } from './seen.ts';
import { isTouched } from './touched.ts';

type List = Exclude<keyof Transitions, 'flaky' | 'contradictions' | 'isComparedWithBase' | 'goldProblems'>;

/** One test in the three states. */
interface Story {
  readonly id: string;
  readonly base: SeenStatus;
  readonly tests: SeenStatus;
  readonly gold: SeenStatus;
  /** The run with the test patch broke and told nothing of it. */
  readonly isUntold: boolean;
}

/**
 * What became of every test between the base and the gold patch. `changedTests` are the paths of the test patch: where the run with the test
 * patch broke before it told anything (it did not compile), tests that passed at base are fail-to-pass if they stem from these files, and
 * pass-to-pass if not. The order of `runs` and of their tests plays no part.
 */
export function compareRuns(runs: readonly StateRun[], changedTests: readonly string[]): Transitions {
  const base = seeState(runs, 'base');
  const tests = seeState(runs, 'tests');
  const gold = seeState(runs, 'gold');
  const raws = rawNames(runs);
  const stories: Story[] = [];
  const flaky: FlakyTest[] = [];
  for (const id of [...raws.keys()].sort()) {
    const story = tell(id, { base, tests, gold });
    if (story === undefined) flaky.push({ id, seen: seenOf(id, { base, tests, gold }) });
    else stories.push(story);
  }
  const lists = Object.groupBy(place(stories, changedTests), ({ list }) => list);
  const ids = (list: List) => (lists[list] ?? []).map(({ story }) => story.id);
  return {
    failToPass: (lists.failToPass ?? []).map(({ story }) => toFailToPass(story, raws.get(story.id) ?? story.id)),
    passToPass: ids('passToPass'),
    passToFail: ids('passToFail'),
    passToSkip: ids('passToSkip'),
    passToAbsent: ids('passToAbsent'),
    failToFail: ids('failToFail'),
    skipToPass: ids('skipToPass'),
    removed: ids('removed'),
    flaky,
    isComparedWithBase: stories.some(({ isUntold }) => isUntold),
    contradictions: contradictionsOf(runs),
    goldProblems: [...new Set(gold.runs.flatMap(({ report }) => report.problems.map(({ kind }) => kind)))].sort(),
  };
}

interface States {
  readonly base: SeenState;
  readonly tests: SeenState;
  readonly gold: SeenState;
}

/** Undefined for a test that is flaky in any state. */
function tell(id: string, states: States): Story | undefined {
  const base = unanimous(states.base.of(id));
  const tests = unanimous(states.tests.of(id));
  const gold = unanimous(states.gold.of(id));
  if (base === undefined || tests === undefined || gold === undefined) return undefined;
  return { id, base, tests, gold, isUntold: states.tests.isSilentOn(id) && !states.tests.knows(id) };
}

function seenOf(id: string, { base, tests, gold }: States): FlakyTest['seen'] {
  return { base: [...base.of(id)], tests: [...tests.of(id)], gold: [...gold.of(id)] };
}

interface Placed {
  readonly story: Story;
  readonly list: List | 'none';
}

function place(stories: readonly Story[], changedTests: readonly string[]): Placed[] {
  const placed = stories.map((story): Placed => ({ story, list: listOf(story, isTouched(story.id, changedTests)) }));
  const isNew = placed.some(({ list }) => list === 'failToPass');
  // Nothing of what did not run can be told apart by names, as in Go or C++: then all of it is what the gold patch brings back.
  return isNew ? placed : stories.map((story): Placed => ({ story, list: listOf(story, true) }));
}

type Turn = (before: SeenStatus, story: Story) => List | 'none';

const byGold: Readonly<Record<SeenStatus, Turn>> = {
  pass: (before) => (before === 'pass' ? 'passToPass' : before === 'skip' ? 'skipToPass' : 'failToPass'),
  fail: (before, { base }) => (before === 'pass' || base === 'pass' ? 'passToFail' : 'failToFail'),
  error: (before, { base }) => (before === 'pass' || base === 'pass' ? 'passToFail' : 'failToFail'),
  skip: (before) => (before === 'pass' ? 'passToSkip' : 'none'),
  absent: (_, { base, tests }) => (tests === 'pass' ? 'passToAbsent' : base === 'pass' ? 'removed' : 'none'),
};

function listOf(story: Story, isOfTestPatch: boolean): List | 'none' {
  const isComparedWithBase = story.isUntold && !(isOfTestPatch && story.base === 'pass');
  return byGold[story.gold](isComparedWithBase ? laterOf(story) : story.tests, story);
}

/** Where the run with the test patch is silent, the base speaks, if it knows the test. */
function laterOf({ base, tests }: Story): SeenStatus {
  return base === 'absent' ? tests : base;
}

function toFailToPass({ id, tests }: Story, raw: string): FailToPass {
  return { id, raw, kind: tests === 'fail' || tests === 'error' ? tests : 'absent' };
}

/** Raw names by id; the gold runs' where they have one, the first in order else. */
function rawNames(runs: readonly StateRun[]): ReadonlyMap<string, string> {
  const raws = new Map<string, string>();
  const ordered = runs.flatMap(({ state, report }) => report.tests.map(({ id, raw }) => ({ id, raw, state })));
  ordered.sort((a, b) => Number(b.state === 'gold') - Number(a.state === 'gold') || (a.raw < b.raw ? -1 : 1));
  for (const { id, raw } of ordered) if (!raws.has(id)) raws.set(id, raw);
  return raws;
}
