import type { Verdict } from '../../../domain/verdict.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { namedBy, type Subject } from '../subject.ts';

/** Every so many answers the checks are asked one by one as well: the shipped verifiers ask all of them in one statement. */
const EVERY = 3;

/** Every answer of the audit: the SQL of the checks, the in-memory test, and each shipped verifier say the same. */
export const differential: Gate = {
  name: 'differential',
  version: '2',
  async ask(subject, evidence, { programs, folder, signal }) {
    const { exhibits } = subject;
    const judgeBySql = createSqlJudge(subject);
    const disagreements: string[] = [];
    for (const [i, { text, broken, verdict }] of exhibits.entries()) {
      const named = namedBy(verdict).join();
      if (broken && [...broken].sort().join() !== named)
        disagreements.push(
          `test finds ${broken.join(', ') || 'nothing'}, verify.mjs ${named || 'nothing'} in ${text.slice(0, 80)}`,
        );
      if (!broken && verdict.verdict !== 'fail')
        disagreements.push(`verify.mjs judges ${verdict.verdict} of ${text.slice(0, 80)}`);
      if (broken && i % EVERY === 0 && judgeBySql(text).join() !== named)
        disagreements.push(`the checks alone differ from verify.mjs on ${text.slice(0, 80)}`);
    }
    for (const { name, program } of programs) {
      const verdicts = await program.judge(
        { folder },
        exhibits.map((exhibit) => exhibit.text),
        signal,
      );
      exhibits.forEach(({ text, verdict }, i) => {
        const other = verdicts[i];
        if (!other || summary(other) !== summary(verdict))
          disagreements.push(
            `${name} says ${other && summary(other)}, verify.mjs ${summary(verdict)} of ${text.slice(0, 80)}`,
          );
      });
    }
    evidence.judged = {
      answers: exhibits.length,
      disagreements: disagreements.length,
      verifiers: ['sql', 'test', 'verify.mjs', ...programs.map((one) => one.name)],
    };
    return disagreements[0] === undefined
      ? holds(`${evidence.judged.verifiers.join(', ')} agree on ${exhibits.length} answers`)
      : fails(disagreements[0]);
  },
};

/** Judges with each check asked alone: the ids of those that return a row. */
function createSqlJudge({ task, world }: Subject): (text: string) => string[] {
  const checks = task.checks.map(({ id, sql }) => ({ id, sql: `${task.answer.cte} ${sql}` }));
  return (text) => {
    const answer = JSON.stringify(JSON.parse(text));
    return checks.flatMap(({ id, sql }) => (world.query(sql, { answer }).length > 0 ? [id] : [])).sort();
  };
}

const summary = (verdict: Verdict): string =>
  `${verdict.verdict} ${verdict.score} ${namedBy(verdict).join()} ${verdict.violations.map((one) => one.pointer ?? '').join()}`;
