import { type Board, createBoard, isSolved } from '../../../engine/measure/board.ts';
import { playInformed, playRandom } from '../../../engine/measure/players.ts';
import { wilson } from '../../../util/wilson.ts';
import { type Branch, branchesOf } from '../branches.ts';
import { fails, type Gate, holds } from '../gate.ts';

/** Plays at first, and at most where those do not decide whether a branch lets too many through. */
const PLAYS = 120;
const MOST_PLAYS = 1200;
/** Draws without a hit that bound the pass rate below 1 in 10,000 with 95 % confidence (rule of three). */
const DRAWS = 30_000;
/** From this level on, uniform random play must not pass at all. */
const STRICT_LEVEL = 3;
/** The share of plays that keep the frame's local rules inside one branch that may pass the whole task, below the strict level and from it on. */
const LOOSE_SHARE = 0.5;
const STRICT_SHARE = 0.05;
/** Plays that a branch needs before its own rule is judged for bite, and the share that must break it at least once. */
const ENOUGH = 20;

/** No branch of a conditional rule is an escape: each can be entered, each demands something, none lets random play through. */
export const dominance: Gate = {
  name: 'dominance',
  version: '2',
  ask(subject) {
    const { rules, model, rng, task } = subject;
    const strict = task.difficulty.level >= STRICT_LEVEL;
    const board = createBoard(
      model,
      rules.map((rule) => rule.bound),
    );
    if (strict && playRandom(board, DRAWS, rng.fork('draws')) > 0)
      return fails(`random play passes at least once in ${DRAWS} draws`);
    const frame = createBoard(
      model,
      rules.filter((rule) => rule.check.origin === 'frame').map((rule) => rule.bound),
    );
    const plays: Int32Array[] = [];
    const play = (): void => {
      for (let i = 0; i < PLAYS; i++) plays.push(playInformed(frame, rng));
    };
    play();
    const branches = rules.flatMap((rule) => branchesOf(model, rule));
    for (const branch of branches) {
      const wrong = wrongWith(branch, { board, plays, play, share: strict ? STRICT_SHARE : LOOSE_SHARE });
      if (wrong !== null) return fails(wrong);
    }
    return holds(`${branches.length} branches, none of them an escape`);
  },
};

interface Trial {
  readonly board: Board;
  /** The plays so far; `play` adds some. */
  readonly plays: readonly Int32Array[];
  play(): void;
  /** The share of plays inside the branch that may pass. */
  readonly share: number;
}

/** Why a branch is an escape, or null. */
function wrongWith(branch: Branch, trial: Trial): string | null {
  const { says, isPopulated, within, keeps } = branch;
  if (!isPopulated) return `${says} cannot be entered`;
  let odds = oddsOf(branch, trial);
  while (odds.isOpen && trial.plays.length < MOST_PLAYS) {
    trial.play();
    odds = oddsOf(branch, trial);
  }
  if (odds.isAbove && !odds.isOpen)
    return `in ${says} ${odds.passed} of ${odds.tried} random plays pass the whole task`;
  const inside = trial.plays.filter(within);
  if (keeps && inside.length >= ENOUGH && inside.every(keeps))
    return `${says} demands nothing that random play does not keep`;
  return null;
}

interface Odds {
  readonly passed: number;
  readonly tried: number;
  /** More pass than may. */
  readonly isAbove: boolean;
  /** So few are tried that it may be chance: the Wilson interval reaches below what may pass. */
  readonly isOpen: boolean;
}

function oddsOf({ within }: Branch, { board, plays, share }: Trial): Odds {
  const inside = plays.filter(within);
  const passed = inside.filter((values) => isSolved(board, values)).length;
  const isAbove = passed > inside.length * share && passed > 1;
  const isOpen = isAbove && (inside.length < ENOUGH || wilson(passed, inside.length).low <= share);
  return { passed, tried: inside.length, isAbove, isOpen };
}
