import { fails, type Gate, holds } from '../gate.ts';

/** Bytes drawn at random for one answer at most. */
const MAX_LENGTH = 400;
const DRAWN = 8;

/** Whatever is handed in gets a verdict `fail`, never an error: hostile JSON, torn JSON, bytes drawn at random. */
export const total: Gate = {
  name: 'total',
  version: '1',
  ask(subject) {
    const { run, rng } = subject;
    const text = run.kind === 'submitted' ? run.answer : '[]';
    const cuts = [text.slice(0, text.length / 2), text.slice(1), `${text},`, `${text}${text}`, `\uFEFF${text}`];
    const hostile = [
      'NaN',
      '[NaN]',
      '{"__proto__":{"x":1}}',
      '{"constructor":{"prototype":{}}}',
      '[1e400]',
      '[-0.0]',
      '"\\ud800"',
      '{"a":'.repeat(200),
      '['.repeat(5000),
      '[[]]',
      "' OR 1=1 --",
      `[{"a":"'); DROP TABLE x; --"}]`,
      'x'.repeat(2 << 20),
    ];
    const drawn = Array.from({ length: DRAWN }, () =>
      String.fromCharCode(...Array.from({ length: rng.int(1, MAX_LENGTH) }, () => rng.int(0, 0xffff))),
    );
    const answers = [...cuts, ...hostile, ...drawn];
    for (const answer of answers) {
      const { verdict } = subject.judge(answer, null);
      if (verdict !== 'fail') return fails(`${JSON.stringify(answer.slice(0, 40))} is judged ${verdict}`);
    }
    return holds(`${answers.length} answers of any bytes are judged fail`);
  },
};
