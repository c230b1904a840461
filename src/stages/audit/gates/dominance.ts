import { type Board, createBoard, isSolved } from '../../../engine/measure/board.ts';
import { playInformed, playRandom } from '../../../engine/measure/players.ts';
import { type Branch, branchesOf } from '../branches.ts';
import { fails, type Gate, holds } from '../gate.ts';

const PLAYS = 120;
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
  version: '1',
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
    const plays = Array.from({ length: PLAYS }, () => playInformed(frame, rng));
    const branches = rules.flatMap((rule) => branchesOf(model, rule));
    for (const branch of branches) {
      const wrong = wrongWith(branch, { board, plays, share: strict ? STRICT_SHARE : LOOSE_SHARE });
      if (wrong !== null) return fails(wrong);
    }
    return holds(`${branches.length} branches, none of them an escape`);
  },
};

interface Trial {
  readonly board: Board;
  readonly plays: readonly Int32Array[];
  /** The share of plays inside the branch that may pass. */
  readonly share: number;
}

/** Why a branch is an escape, or null. */
function wrongWith({ says, isPopulated, within, keeps }: Branch, { board, plays, share }: Trial): string | null {
  if (!isPopulated) return `${says} cannot be entered`;
  const inside = plays.filter(within);
  const passed = inside.filter((values) => isSolved(board, values)).length;
  if (passed > inside.length * share && passed > 1)
    return `in ${says} ${passed} of ${inside.length} random plays pass the whole task`;
  if (keeps && inside.length >= ENOUGH && inside.every(keeps))
    return `${says} demands nothing that random play does not keep`;
  return null;
}
