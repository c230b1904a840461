import type { Verdict } from '../../../domain/verdict.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { type Exhibit, namedBy, type Subject } from '../subject.ts';

/** The shipped verifiers ask all checks in one statement. Alone are asked of each answer those that are broken, and in turn one in so many of the others. */
const EVERY = 12;
/** Characters of an answer that are shown. */
const SHOWN = 80;

/** Every answer of the audit: the SQL of the checks, the in-memory test, and each shipped verifier say the same. */
export const differential: Gate = {
  name: 'differential',
  version: '4',
  async ask(subject, evidence, { programs, folder, signal }) {
    const { exhibits } = subject;
    const disagreements = disagreementsInside(subject);
    for (const { name, program } of programs) {
      const texts = exhibits.map((exhibit) => exhibit.text);
      const verdicts = await program.judge({ folder }, texts, signal);
      disagreements.push(...disagreementsWith(name, verdicts, exhibits));
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

/** Where the in-memory test or the checks alone differ from the verdict, in words. */
function disagreementsInside(subject: Subject): string[] {
  const judgesAlike = createSqlJudge(subject);
  return subject.exhibits.flatMap(({ text, broken, verdict }, i) => {
    const shown = text.slice(0, SHOWN);
    if (!broken) return verdict.verdict === 'fail' ? [] : [`verify.mjs judges ${verdict.verdict} of ${shown}`];
    const named = namedBy(verdict).join();
    const isTestAlike = [...broken].sort().join() === named;
    const isSqlAlike = judgesAlike({ text, broken, verdict }, i);
    return [
      ...(isTestAlike
        ? []
        : [`test finds ${broken.join(', ') || 'nothing'}, verify.mjs ${named || 'nothing'} in ${shown}`]),
      ...(isSqlAlike ? [] : [`the checks alone differ from verify.mjs on ${shown}`]),
    ];
  });
}

function disagreementsWith(name: string, verdicts: readonly Verdict[], exhibits: readonly Exhibit[]): string[] {
  return exhibits.flatMap(({ text, verdict }, i) => {
    const other = verdicts[i];
    if (other && summary(other) === summary(verdict)) return [];
    return [`${name} says ${other && summary(other)}, verify.mjs ${summary(verdict)} of ${text.slice(0, SHOWN)}`];
  });
}

/** Asks checks alone, and says whether those and no others return a row that the verdict names. */
function createSqlJudge({ task, world }: Subject): (exhibit: Exhibit, turn: number) => boolean {
  const checks = task.checks.map(({ id, sql }) => ({ id, sql: `${task.answer.cte} ${sql}` }));
  return ({ text, verdict }, turn) => {
    const answer = JSON.stringify(JSON.parse(text));
    const named = namedBy(verdict);
    return checks
      .filter(({ id }, i) => named.includes(id) || (turn + i) % EVERY === 0)
      .every(({ id, sql }) => world.query(sql, { answer }).length > 0 === named.includes(id));
  };
}

const summary = (verdict: Verdict): string =>
  `${verdict.verdict} ${verdict.score} ${namedBy(verdict).join()} ${verdict.violations.map((one) => one.pointer ?? '').join()}`;
