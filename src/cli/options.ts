import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { RunId } from '../domain/run.ts';

/** The options that every command which runs a pipeline has, after parsing. None of them changes what is made. */
export interface RunOptions {
  readonly out: string;
  readonly runId?: string;
  readonly jobs: number;
  readonly retryFailed: boolean;
  readonly json: boolean;
}

export function addRunOptions(command: Command): Command {
  return command
    .addOption(new Option('-o, --out <dir>', 'folder of runs').default('runs'))
    .addOption(
      new Option('--run-id <id>', 'name of the run; an existing one is resumed (default: from the settings)').argParser(
        parseRunId,
      ),
    )
    .addOption(jobsOption())
    .addOption(new Option('--retry-failed', 'work again what failed in an earlier run').default(false))
    .addOption(jsonOption());
}

export function jobsOption(): Option {
  return new Option('-j, --jobs <n>', 'items, and containers in which tests run, at work at the same time')
    .default(availableParallelism(), 'one per CPU core')
    .argParser(parseCount(1, 1024));
}

export function jsonOption(): Option {
  return new Option('--json', 'machine-readable output on standard output').default(false);
}

/** For an option that may be given more than once. */
export function repeated(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** An integer from `min` to `max`. */
export function parseCount(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** "3", "1-8" or "1,3,5-7": whole numbers from `min` to `max`, ascending, each once. */
export function parseRanges(min: number, max: number): (text: string) => number[] {
  const parseOne = parseCount(min, max);
  return (text) => {
    const numbers = text.split(',').flatMap((part) => {
      const [from = '', to = from, ...rest] = part.split('-');
      const [first, last] = [parseOne(from), parseOne(to)];
      if (rest.length > 0 || first > last)
        throw new InvalidArgumentError(`Give a range such as ${min}-${max} or a list such as ${min},${max}.`);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
    return [...new Set(numbers)].sort((a, b) => a - b);
  };
}

function parseRunId(text: string): string {
  if (!RunId.safeParse(text).success) {
    throw new InvalidArgumentError('Use letters, digits, ".", "_" and "-", at most 100, a letter or digit first.');
  }
  return text;
}
