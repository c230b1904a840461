import type { Answer } from '../../../domain/answer.ts';
import { exampleAnswer } from '../../../engine/answer/example.ts';
import { toAnswer, toValues } from '../../../engine/search/answer.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { Subject } from '../subject.ts';

/** Empty, null, the format's own example, the first row everywhere, the last row everywhere, words instead of an answer: all fail. */
export const trivial: Gate = {
  name: 'trivial',
  version: '1',
  ask(subject) {
    const malformed = [
      '',
      'null',
      '{}',
      '[]',
      '""',
      '0',
      'true',
      '"I cannot do this."',
      JSON.stringify(exampleAnswer(subject.task.answer.shape)),
      JSON.stringify(subject.task.prompt.slice(0, 4000)),
    ];
    for (const text of malformed) {
      const { verdict } = subject.judge(text, null);
      if (verdict !== 'fail') return fails(`${text.slice(0, 40) || 'nothing at all'} is judged ${verdict}`);
    }
    const lazy = [firstEverywhere(subject), lastEverywhere(subject)];
    for (const values of lazy) {
      const answer = toAnswer(subject.model, values);
      const { verdict } = subject.judge(
        JSON.stringify(answer),
        subject.brokenBy(toValues(subject.model, answer as Answer) ?? values),
      );
      if (verdict !== 'fail') return fails('the same row everywhere is judged pass');
    }
    return holds(`${malformed.length + lazy.length} trivial answers fail`);
  },
};

const firstEverywhere = ({ model }: Subject): Int32Array => new Int32Array(model.slots.length);
const lastEverywhere = ({ model }: Subject): Int32Array =>
  Int32Array.from(model.slots, (slot) => slot.labels.length - 1);
