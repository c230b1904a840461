import type { Control, ControlName } from '../../domain/instance.ts';
import { classifyPath } from '../../engine/files/classify.ts';
import { parsePatch } from '../../engine/patch/parse-patch.ts';
import { type FilePatch, printPatch } from '../../engine/patch/patch.ts';
import { createBoundedLog } from '../../testbed/bounded-log.ts';
import {
  type Gradable,
  type GradeNeeds,
  type GradeVerdict,
  gradeAnswer,
  type Submission,
} from '../../testbed/grade.ts';
import { type Answer, createProtection, filterAnswer } from '../../testbed/protect.ts';
import type { AttackName, Overlay } from '../../testbed/stack.ts';
import { allTogether } from '../../util/all-together.ts';
import { canonicalJson } from '../../util/canonical-json.ts';

interface Trial {
  readonly control: ControlName;
  readonly detail: string;
  readonly answer: Answer;
}

interface ControlNeeds extends GradeNeeds {
  readonly attacks: Readonly<Record<AttackName, Overlay>>;
  readonly maxHunks: number;
  /** The instance with fewer tests: an answer that does not pass those is not run with all of them. */
  readonly narrowed: Gradable | undefined;
  /** Takes what the run with the gold patch printed: it tells why a verdict refuses it. */
  keepLog(name: string, text: string): Promise<void>;
}

/** The gold patch and every answer that must not pass, graded as answers are. Hunks are left out one at a time, `maxHunks` of them. */
export async function runControls(
  subject: Gradable,
  { attacks, maxHunks, narrowed, keepLog, ...needs }: ControlNeeds,
  signal: AbortSignal,
): Promise<Control[]> {
  const trials: Trial[] = [
    { control: 'gold', detail: '', answer: { patch: subject.goldPatch } },
    { control: 'empty', detail: '', answer: { patch: '' } },
    { control: 'tests-only', detail: '', answer: { patch: subject.testPatch } },
    ...leaveHunksOut(subject.goldPatch, maxHunks),
    ...Object.entries(attacks).map(([name, overlay]) => toAttack(name as AttackName, overlay)),
  ];
  const protection = createProtection(subject, needs.stack);
  const filtered = new Map(trials.map((trial) => [trial, filterAnswer(trial.answer, protection)]));
  // What is dropped leaves the same tree behind: one run decides all answers of which the same is left.
  const alike = Map.groupBy(trials, (trial) => {
    const { patch, overlay } = filtered.get(trial) ?? trial.answer;
    return canonicalJson({ patch, overlay });
  });
  const verdicts = await allTogether(
    [...alike.values()].map((same) => async (either) => {
      const log = same.some(({ control }) => control === 'gold') ? createBoundedLog() : undefined;
      const [{ answer }] = same as [Trial];
      const submission = { answer, ...needs, ...(log && { log }) };
      const decided = await decide({ subject, narrowed: log ? undefined : narrowed }, submission, either);
      if (log) await keepLog('control-gold', log.text());
      return same.map((trial) => [trial, decided] as const);
    }),
    signal,
  );
  const found = new Map(verdicts.flat());
  return trials.map((trial) => {
    const { control, detail } = trial;
    const { score, dense, reasons, ms, scope } = found.get(trial) as Decided;
    return {
      control,
      detail,
      scope,
      score,
      dense,
      reasons: [...reasons],
      dropped: [...(filtered.get(trial)?.dropped ?? [])],
      ms,
    };
  });
}

type Decided = GradeVerdict & Pick<Control, 'scope'>;

/** By the fewer tests if these refuse the answer, else by all; the time is that of both. */
async function decide(
  { subject, narrowed }: { readonly subject: Gradable; readonly narrowed: Gradable | undefined },
  submission: GradeNeeds & Submission,
  signal: AbortSignal,
): Promise<Decided> {
  const early = narrowed && (await gradeAnswer(narrowed, submission, signal));
  if (narrowed && early?.score === 0) return { ...early, scope: narrowed.scope };
  const verdict = await gradeAnswer(subject, submission, signal);
  return { ...verdict, scope: subject.scope, ms: verdict.ms + (early?.ms ?? 0) };
}

function toAttack(control: AttackName, overlay: Overlay): Trial {
  return { control, detail: Object.keys(overlay).sort().join(', '), answer: { patch: '', overlay } };
}

/** Whether a control that has to score 0 did not. A hunk that the tests do not see is a weakness of the tests, not of the verifier. */
export function isBreach({ control, score }: Control): boolean {
  return score === 1 && control !== 'gold' && control !== 'gold-less-hunk';
}

/** The gold patch without its largest hunk, its second largest and so on; nothing where it has one hunk only. */
export function leaveHunksOut(goldPatch: string, maxHunks: number): Trial[] {
  const files = parsePatch(goldPatch);
  // No test sees a document.
  const seen = files.filter(({ path }) => classifyPath(path, { testBearing: new Set() }) !== 'docs');
  const hunks = seen.flatMap((file) => file.hunks.map((hunk) => ({ file, hunk })));
  if (hunks.length < 2) return [];
  const size = ({ hunk }: (typeof hunks)[number]) => hunk.lines.filter(({ sign }) => sign !== ' ').length;
  return hunks
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, maxHunks)
    .map(({ file, hunk }) => ({
      control: 'gold-less-hunk' as const,
      detail: `${file.path}:${hunk.oldStart}`,
      answer: { patch: printPatch(files.flatMap((one) => withoutHunk(one, one === file ? hunk : undefined))) },
    }));
}

/** Later hunks keep their old lines; git finds where they go now. A file that only had this hunk stays as it was. */
function withoutHunk(file: FilePatch, left: FilePatch['hunks'][number] | undefined): FilePatch[] {
  if (left === undefined) return [file];
  const hunks = file.hunks.filter((hunk) => hunk !== left);
  return hunks.length === 0 && file.change !== 'renamed' ? [] : [{ ...file, hunks }];
}
