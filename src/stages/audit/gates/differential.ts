import type { Verdict } from '../../../domain/verdict.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { type Exhibit, namedBy, type Subject } from '../subject.ts';

/** Every answer of the audit: the checks one by one, the in-memory test, and each shipped verifier say the same. */
export const differential: Gate = {
  name: 'differential',
  version: '1',
  async ask(subject, evidence, { programs, folder, signal }) {
    const { exhibits } = subject;
    const disagreements: string[] = [];
    for (const exhibit of exhibits) {
      const { text, broken, verdict } = exhibit;
      const named = namedBy(verdict).join();
      if (broken && [...broken].sort().join() !== named)
        disagreements.push(
          `test finds ${broken.join(', ') || 'nothing'}, verify.mjs ${named || 'nothing'} in ${text.slice(0, 80)}`,
        );
      if (!broken && verdict.verdict !== 'fail')
        disagreements.push(`verify.mjs judges ${verdict.verdict} of ${text.slice(0, 80)}`);
      if (broken && checksOneByOne(subject, exhibit).join() !== named)
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

/** The ids of the rules whose SQL, asked alone, returns a row. */
function checksOneByOne({ task, world }: Subject, { text }: Exhibit): string[] {
  const answer = JSON.stringify(JSON.parse(text));
  return task.checks
    .filter((check) => world.query(`${task.answer.cte} ${check.sql}`, { answer }).length > 0)
    .map((check) => check.id)
    .sort();
}

const summary = (verdict: Verdict): string =>
  `${verdict.verdict} ${verdict.score} ${namedBy(verdict).join()} ${verdict.violations.map((one) => one.pointer ?? '').join()}`;
