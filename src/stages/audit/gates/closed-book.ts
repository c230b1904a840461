import type { Answer } from '../../../domain/answer.ts';
import { toAnswer, toValues } from '../../../engine/search/answer.ts';
import { createModel } from '../../../engine/search/model.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { Subject } from '../subject.ts';

/** Guesses made from the prompt, and from another world of the same domain. */
const GUESSES = 12;

/** Guessing without tools fails: names from the prompt, and names and numbers as another world of the domain has them. */
export const closedBook: Gate = {
  name: 'closed-book',
  version: '1',
  ask(subject, _evidence, { domain }) {
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
