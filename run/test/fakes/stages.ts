import type { Outcome } from '../../src/domain/outcome.ts';
import type { Stage } from '../../src/domain/stage.ts';

/** A stage over numbers that does what `work` says, and remembers what it worked. */
export function createNumberStage<O>(
  name: string,
  work: (input: number, signal: AbortSignal) => Promise<Outcome<O>> | Outcome<O>,
): Stage<number, O> & { readonly worked: number[] } {
  const worked: number[] = [];
  return {
    name,
    version: '1',
    worked,
    key: (input) => `key-${input}`,
    label: (input) => `number ${input}`,
    async work(input, signal) {
      worked.push(input);
      return work(input, signal);
    },
  };
}

export function kept<O>(output: O): Outcome<O> {
  return { kind: 'kept', output };
}
