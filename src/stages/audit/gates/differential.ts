import type { Verdict } from '../../../domain/verdict.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { type Exhibit, namedBy, type Subject } from '../subject.ts';

/** Every answer of the audit: the checks one by one, the in-memory test, and each shipped verifier say the same. */
export const differential: Gate = {
  name: 'differential',
  version: '1',
  async ask(subject, evidence, { programs, folder, signal }) {
    const { exhibits, task, world } = subject;
    const verifier = world.createVerifier(task);
    const shipped = exhibits.map((exhibit) => verifier.verify(exhibit.text));
    const disagreements: string[] = [];
    exhibits.forEach((exhibit, i) => {
      const named = namedBy(shipped[i] as Verdict).join();
      const { text, broken } = exhibit;
      if (broken && [...broken].sort().join() !== named) disagreements.push(`test finds ${broken.join(', ') || 'nothing'}, verify.mjs ${named || 'nothing'} in ${text.slice(0, 80)}`);
      if (!broken && shipped[i]?.verdict !== 'fail') disagreements.push(`verify.mjs judges ${shipped[i]?.verdict} of ${text.slice(0, 80)}`);
      if (broken && checksOneByOne(subject, exhibit).join() !== named) disagreements.push(`the checks alone differ from verify.mjs on ${text.slice(0, 80)}`);
    });
    for (const { name, program } of programs) {
      const verdicts = await program.judge({ folder }, exhibits.map((exhibit) => exhibit.text), signal);
      verdicts.forEach((verdict, i) => {
        if (summary(verdict) !== summary(shipped[i] as Verdict)) disagreements.push(`${name} says ${summary(verdict)}, verify.mjs ${summary(shipped[i] as Verdict)} of ${exhibits[i]?.text.slice(0, 80)}`);
      });
    }
    evidence.judged = { answers: exhibits.length, disagreements: disagreements.length, verifiers: ['sql', 'test', 'verify.mjs', ...programs.map((one) => one.name)] };
    return disagreements[0] === undefined ? holds(`${evidence.judged.verifiers.join(', ')} agree on ${exhibits.length} answers`) : fails(disagreements[0]);
  },
};

/** The ids of the rules whose SQL, asked alone, returns a row. */
function checksOneByOne({ task, world }: Subject, { text }: Exhibit): string[] {
  const answer = JSON.stringify(JSON.parse(text));
  return task.checks.filter((check) => world.query(`${task.answer.cte} ${check.sql}`, { answer }).length > 0).map((check) => check.id).sort();
}

const summary = (verdict: Verdict): string => `${verdict.verdict} ${verdict.score} ${namedBy(verdict).join()} ${verdict.violations.map((one) => one.pointer ?? '').join()}`;
