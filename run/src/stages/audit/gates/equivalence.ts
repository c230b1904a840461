import type { Answer } from '../../../domain/answer.ts';
import { toAnswer } from '../../../engine/search/answer.ts';
import { fails, type Gate, holds } from '../gate.ts';

/** The order of rows and fields, white space and the spelling of numbers do not change the verdict, neither on a solution nor on a near miss. */
export const equivalence: Gate = {
  name: 'equivalence',
  version: '1',
  ask(subject, evidence) {
    const assignments = [
      ...evidence.solutions.slice(0, 2),
      ...evidence.nearMisses.slice(0, 1).map((miss) => miss.values),
    ];
    let asked = 0;
    for (const values of assignments) {
      const broken = subject.brokenBy(values);
      const expected = broken.length === 0 ? 'pass' : 'fail';
      for (const [how, text] of Object.entries(spellings(toAnswer(subject.model, values)))) {
        const { verdict } = subject.judge(text, broken);
        if (verdict !== expected) return fails(`with ${how} an answer is judged ${verdict} instead of ${expected}`);
        asked++;
      }
    }
    return holds(`${asked} other spellings of the same answers are judged alike`);
  },
};

function spellings(answer: Answer): Record<string, string> {
  const reversed = (list: readonly object[]): object[] =>
    [...list].reverse().map((row) => Object.fromEntries(Object.entries(row).reverse()));
  const turned = Array.isArray(answer)
    ? reversed(answer)
    : Object.fromEntries(
        Object.entries(answer as Record<string, object[]>)
          .reverse()
          .map(([name, list]) => [name, reversed(list)]),
      );
  const plain = JSON.stringify(answer);
  return {
    'rows and fields in reverse': JSON.stringify(turned),
    'white space': `\n\t ${JSON.stringify(answer, null, 3)}\r\n`,
    'escaped letters': plain.replace(
      /[\u0080-\uffff]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    'numbers as decimals': plain.replace(/:(-?\d+)([,}])/g, ':$1.0$2'),
    'numbers with exponents': plain.replace(/:(-?\d+)([,}])/g, ':$1e0$2'),
  };
}
