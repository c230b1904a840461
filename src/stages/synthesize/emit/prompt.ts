import type { Check } from '../../../domain/task.ts';
import type { Rng } from '../../../util/rng.ts';
import type { Narrative } from '../pack.ts';

export interface PromptParts {
  readonly narrative: Narrative;
  readonly checks: readonly Check[];
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: unknown;
}

const FORMAT_LEADS = [
  'When you are done, call `submit_result` once, with `answer` set to JSON that fits this schema:',
  'Hand in the result with one call of `submit_result`; its `answer` is JSON of this schema:',
  'Finish with a single call of `submit_result`. The `answer` it takes is JSON that matches this schema:',
];
const EXAMPLE_LEADS = [
  'The form of an answer, shown for one row of each list (the values are placeholders, not a solution):',
  'One row of each list as an illustration; what stands in angle brackets is for you to fill in:',
];
const LOOKUP_LEADS = [
  'Everything you need to know can be looked up with the tools you have; they look things up and do not plan for you.',
  'The facts are behind the tools. They answer narrow questions; putting the answers together is up to you.',
  'Use the tools to find out what there is. Do not guess names: only what the tools return exists.',
];

/** The prompt: scenario, every rule as a clause of its own, notes, and the exact form of the answer. */
export function renderPrompt({ narrative, checks, schema, example }: PromptParts, rng: Rng): string {
  const rules = checks.filter((check) => check.stage === 'rule').map((check) => `- ${check.says}`);
  const form = checks.filter((check) => check.stage === 'integrity').map((check) => `- ${check.says}`);
  const { $schema: _, ...shown } = schema;
  return [
    ...narrative.intro,
    [narrative.lead, ...rules].join('\n'),
    narrative.notes.join('\n'),
    rng.pick(LOOKUP_LEADS),
    `${rng.pick(FORMAT_LEADS)}\n\n\`\`\`json\n${JSON.stringify(shown)}\n\`\`\``,
    `${rng.pick(EXAMPLE_LEADS)}\n\n\`\`\`json\n${printExample(example)}\n\`\`\``,
    ['Names count exactly as the tools write them, and the order of the rows does not matter. Also:', ...form].join(
      '\n',
    ),
    'Nothing else is asked: any answer that keeps all of this is right.',
  ].join('\n\n');
}

/** Integers are not quoted, as their placeholders would be in JSON. */
function printExample(example: unknown): string {
  return JSON.stringify(example).replace(/"(<integer [^"]*>)"/g, '$1');
}
