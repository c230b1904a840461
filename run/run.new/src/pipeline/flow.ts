import type { Stage } from '../domain/stage.ts';

// The types of inputs and outputs meet in `into`; inside a flow they are forgotten.
// biome-ignore lint/suspicious/noExplicitAny: a list of stages of many types has no other element type.
type AnyStage = Stage<any, any>;

interface Link {
  readonly stage: AnyStage;
  /** What an output of this stage gives to the next one. */
  readonly spread: (output: unknown) => Iterable<unknown>;
}

/** Stages in a row, ready to be worked. */
export interface Chain<I> {
  readonly links: readonly Link[];
  /** Never called: keeps the type of the inputs. */
  readonly accepts?: (input: I) => void;
}

/** Stages in a row: each output of one gives any number of inputs to the next. */
export interface Flow<I, O> extends Chain<I> {
  /** Adds a stage that works everything that `spread` finds in an output. */
  into<N, P>(stage: Stage<N, P>, spread: (output: O) => Iterable<N>): Flow<I, P>;
  /** The flow with every output of its last stage put into `outputs`, also those that an earlier run had left in the ledger. */
  collect(outputs: O[]): Chain<I>;
}

/** A flow that begins with `stage`. */
export function startWith<I, O>(stage: Stage<I, O>): Flow<I, O> {
  return createFlow<I, O>([{ stage, spread: () => [] }]);
}

function createFlow<I, O>(links: readonly Link[]): Flow<I, O> {
  return {
    links,
    into<N, P>(stage: Stage<N, P>, spread: (output: O) => Iterable<N>): Flow<I, P> {
      const last = links.at(-1);
      if (last === undefined) throw new Error('a flow has a first stage');
      if (links.some((link) => link.stage.name === stage.name)) throw new Error(`a flow has one stage ${stage.name}`);
      const feeding: Link = { stage: last.stage, spread: (output) => spread(output as O) };
      return createFlow<I, P>([...links.slice(0, -1), feeding, { stage, spread: () => [] }]);
    },
    collect(outputs) {
      const spread = (output: unknown) => {
        outputs.push(output as O);
        return [];
      };
      return { links: links.map((link, index) => (index === links.length - 1 ? { ...link, spread } : link)) };
    },
  };
}
