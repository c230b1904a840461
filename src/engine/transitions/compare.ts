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
  /** The run with the test patch broke, or did not compile, and told nothing of it. */
  readonly isUntold: boolean;
}

/** What the test patch changes. */
export interface TestChanges {
  readonly paths: readonly string[];
  /** Whether a test, by its id, does something else since. */
  isRewritten(id: string): boolean;
}

/**
 * What became of every test between the base and the gold patch. Where the run with the test patch told nothing of a test (it did not compile), the base
 * speaks for it, unless it was rewritten: what passed there is pass-to-pass. Only if nothing were fail-to-pass then, tests are that stem from changed
 * files. The order of `runs` and of their tests plays no part.
 */
export function compareRuns(runs: readonly StateRun[], changes: TestChanges): Transitions {
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
  const lists = Object.groupBy(place(stories, changes), ({ list }) => list);
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

/** The first view under which a test is fail-to-pass, else the last. */
function place(stories: readonly Story[], { paths, isRewritten }: TestChanges): Placed[] {
  const isOfTestPatch = ({ id }: Story) => isTouched(id, paths);
  const views: readonly ((story: Story) => boolean)[] = [
    // What no longer passes was skipped or taken away by the test patch.
    (story) => (story.gold === 'pass' ? isRewritten(story.id) : isOfTestPatch(story)),
    isOfTestPatch,
    // Nothing of what did not run can be told apart by names, as in Go or C++: then all of it is what the gold patch brings back.
    () => true,
  ];
  const all = views.map((isChanged) => stories.map((story) => ({ story, list: listOf(story, isChanged) })));
  return all.find((placed) => placed.some(({ list }) => list === 'failToPass')) ?? all.at(-1) ?? [];
}

type Turn = (before: SeenStatus, story: Story) => List | 'none';

const byGold: Readonly<Record<SeenStatus, Turn>> = {
  pass: (before) => (before === 'pass' ? 'passToPass' : before === 'skip' ? 'skipToPass' : 'failToPass'),
  fail: (before, { base }) => (before === 'pass' || base === 'pass' ? 'passToFail' : 'failToFail'),
  error: (before, { base }) => (before === 'pass' || base === 'pass' ? 'passToFail' : 'failToFail'),
  skip: (before) => (before === 'pass' ? 'passToSkip' : 'none'),
  absent: (_, { base, tests }) => (tests === 'pass' ? 'passToAbsent' : base === 'pass' ? 'removed' : 'none'),
};

function listOf(story: Story, isChanged: (story: Story) => boolean): List | 'none' {
  const isComparedWithBase = story.isUntold && !(story.base === 'pass' && isChanged(story));
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
