import type { Answer } from '../../../domain/answer.ts';
import { toAnswer, toValues } from '../../../engine/search/answer.ts';
import { createModel } from '../../../engine/search/model.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { Subject } from '../subject.ts';

/** Guesses made from the prompt, and from another world of the same domain. */
const GUESSES = 12;

/** The answer does not stand in what a solver is given, and guessing without tools fails: names from the prompt, and names and numbers as another world of the domain has them. */
export const closedBook: Gate = {
  name: 'closed-book',
  version: '2',
  ask(subject, evidence, { domain }) {
    const leak = leakOf(subject, evidence.solutions[0]);
    if (leak !== null) return fails(leak);
    const guesses = [
      ...fromPrompt(subject),
      ...(domain ? fromElsewhere(subject, domain.createWorld(subject.rng.fork('elsewhere')).rows) : []),
    ];
    for (const guess of guesses) {
      const { verdict } = subject.judge(guess, brokenIn(subject, guess));
      if (verdict !== 'fail') return fails(`a guess without tools is judged ${verdict}`);
    }
    return holds(`${guesses.length} guesses without tools fail`);
  },
};

/** Names of the reference answer that the texts may say at most, as a share of all: a wish or two. */
const SAID = 0.5;

/** Where prompt and tools give the answer away: they say most of its names, or something in them passes. */
function leakOf(subject: Subject, solution: Int32Array | undefined): string | null {
  const { task, environment, model } = subject;
  const tools = environment.tools.filter((tool) => task.tools.includes(tool.name));
  const texts = [task.prompt, ...tools.flatMap(({ description, sql }) => [description, sql])];
  const passing = texts.flatMap(jsonIn).find((text) => subject.judge(text, null).verdict !== 'fail');
  if (passing !== undefined) return `an answer that passes stands in the prompt or in a tool: ${passing.slice(0, 60)}`;
  if (!solution) return null;
  const named = model.slots.filter((slot) => slot.table !== null);
  const names = [...new Set(named.map(({ index, labels }) => String(labels[solution[index] as number])))];
  const said = names.filter((name) => texts.some((text) => text.includes(name)));
  return names.length > 2 && said.length > names.length * SAID
    ? `prompt and tools say ${said.length} of the ${names.length} names that the reference solution submits`
    : null;
}

/** What may be an answer in a text: of each line, what stands between its first opening bracket and its last closing one. */
const jsonIn = (text: string): string[] => text.split('\n').flatMap((line) => /[[{].*[\]}]/.exec(line)?.[0] ?? []);

/** Answers whose every name is one that the prompt mentions, and whose every number is drawn from the allowed range. */
function fromPrompt({ task, rng }: Subject): string[] {
  const names = task.literals.length > 0 ? task.literals : ['none'];
  return Array.from({ length: GUESSES }, () => {
    const parts = task.answer.shape.parts.map((part) => {
      const rows = part.key.values.map((key) => {
        const fields = part.fields.map(({ name, domain }) => [
          name,
          'table' in domain ? rng.pick(names) : rng.int(domain.min, domain.max),
        ]);
        return { [part.key.field]: key, ...Object.fromEntries(fields) };
      });
      return [part.name, rows] as const;
    });
    return JSON.stringify(parts.length === 1 ? parts[0]?.[1] : Object.fromEntries(parts));
  });
}

function fromElsewhere({ task, rng }: Subject, rows: Subject['rows']): string[] {
  const model = createModel(task.answer.shape, rows);
  return Array.from({ length: GUESSES }, () =>
    JSON.stringify(
      toAnswer(
        model,
        Int32Array.from(model.slots, (slot) => rng.int(0, slot.labels.length - 1)),
      ),
    ),
  );
}

/** The rules that a well-formed guess breaks; null where it names what this world does not have. */
function brokenIn(subject: Subject, guess: string): string[] | null {
  const values = toValues(subject.model, JSON.parse(guess) as Answer);
  return values && subject.brokenBy(values);
}
