import type { Task } from '../../../domain/task.ts';
import { canonicalJson } from '../../../util/canonical-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** A JSON text of the prompt that shows another form than the answer has; or null. Where a prompt shows none, nothing is wrong with it. */
export function misprinted({ prompt, answer }: Pick<Task, 'prompt' | 'answer'>): string | null {
  const known = new Set(numbersIn(JSON.stringify([answer.shape, answer.schema])));
  for (const shown of prompt.split('\n').flatMap(jsonOf)) {
    if (isSchema(shown)) {
      if (canonicalJson(bare(shown)) !== canonicalJson(bare(answer.schema)))
        return 'the prompt shows another schema than the one that answers are held against';
      continue;
    }
    const foreign = numbersIn(JSON.stringify(shown)).find((number) => !known.has(number));
    if (foreign !== undefined) return `the prompt shows an answer with ${foreign}, which its form does not have`;
  }
  return null;
}

/** The line as an object or a list, with placeholders of numbers (`<integer 0 to 20>`) as words; nothing where it is none. */
function jsonOf(line: string): object[] {
  if (!/^\s*[[{].*[\]}]\s*$/.test(line)) return [];
  try {
    return [JSON.parse(line.replace(/(?<=:)<[^"<>]*>/g, '"$&"')) as object];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

const isSchema = (shown: object): boolean => 'type' in shown && ('items' in shown || 'properties' in shown);

/** Without the keywords that say nothing to a verifier. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const { $schema: _, title: _title, description: _description, ...rest } = value as Json;
  return Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, bare(one)]));
}

const numbersIn = (text: string): string[] => text.match(/\d+/g) ?? [];
