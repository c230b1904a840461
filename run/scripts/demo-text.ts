import type { Proof } from '../src/domain/proof.ts';
import type { Check } from '../src/domain/task.ts';
import { SUBMIT } from '../src/domain/tool.ts';
import { changedFields, type DemoTask } from './demo-task.ts';

const WIDTH = 116;
const SHOWN_RULES = 6;
const SHOWN_TOOLS = 8;
const SHOWN_ROWS = 2;
const SHOWN_DIFFERENCES = 4;

export interface ShownAnswers {
  /** Paths of the two answers. */
  readonly reference: string;
  readonly nearMiss: string;
  readonly verdicts: readonly {
    readonly verdict: string;
    readonly score: number;
    readonly violations: readonly { readonly check: string; readonly message: string }[];
    readonly command: string;
    readonly exitCode: number;
  }[];
}

export const heading = (title: string): string => `\n── ${title} ${'─'.repeat(WIDTH - title.length - 4)}\n`;

/** The prompt without its middle, the tools and the checks. */
export function describeTask({ task, environment, folder }: DemoTask): string {
  const paragraphs = task.prompt.split('\n\n');
  const lead = paragraphs
    .slice(
      0,
      paragraphs.findIndex((one) => one.includes('\n- ')),
    )
    .slice(0, 2);
  const rules = task.checks.filter((check) => check.stage === 'rule');
  const tools = environment.tools.filter(({ name }) => name !== SUBMIT && task.tools.includes(name));
  const signatures = tools
    .slice(0, SHOWN_TOOLS)
    .map(({ name, parameters }) => `${name}(${Object.keys(parameters).join(', ')})`);
  const [shown] = rules.filter((rule) => rule.origin !== 'frame').sort((a, b) => a.sql.length - b.sql.length);
  return [
    heading(`2. One of the tasks: ${task.id}, level ${task.difficulty.level} of 8`),
    `in ${folder}`,
    '\nPROMPT (shortened; task.json has all of it)',
    ...lead.map((text) => indent(wrap(text))),
    ...pickRules(rules).map((check) => indent(wrap(`- ${check.says}`, '  '))),
    indent(
      `… ${rules.length - SHOWN_RULES} more rules, notes on units and ties, the answer's JSON Schema and an example`,
    ),
    `\nTOOLS (${tools.length}, all of them narrow look-ups; nothing that filters, sorts or sums for the solver)`,
    indent(wrap(`${signatures.join(', ')} … and ${SUBMIT}(answer), which ends the episode`)),
    `\nCHECKS (${task.checks.length}; each is one SELECT that returns a row for each violation)`,
    indent(wrap(task.checks.map(({ id }) => id).join(', '))),
    ...(shown ? [indent(wrap(`\nfor instance ${shown.id}:`)), indent(indent(wrap(shown.sql)))] : []),
  ].join('\n');
}

/** The first rules of the frame and the wishes of this task. */
function pickRules(rules: readonly Check[]): Check[] {
  const frame = rules.filter((rule) => rule.origin === 'frame').slice(0, SHOWN_RULES / 2);
  const wishes = rules.filter((rule) => rule.origin !== 'frame').slice(0, SHOWN_RULES - frame.length);
  return [...frame, ...wishes];
}

/** How hard the task is by measure, and which gates it has passed. */
export function describeProof({ task: { difficulty }, proof }: DemoTask): string {
  const rate = ({ passed, tried }: { passed: number; tried: number }): string =>
    `${passed} of ${tried.toLocaleString('en')}`;
  const mutants = proof.killMatrix.reduce((sum, cell) => sum + cell.mutants, 0);
  const killed = proof.killMatrix.reduce((sum, cell) => sum + cell.killed, 0);
  return [
    heading('3. Why it may be trusted: proof.json'),
    `10^${Math.round(difficulty.spaceLog10)} well-formed answers. Pass: random ${rate(difficulty.random)}, greedy ${rate(difficulty.greedy)}, local search with 2,000 verdicts ${rate(difficulty.localSearch)}.`,
    `${proof.judged.answers} answers judged by ${proof.judged.verifiers.join(', ')}: ${proof.judged.disagreements} disagreements. Broken rules named in mutants: ${killed} of ${mutants}.\n`,
    ...proof.gates.map(({ gate, holds, detail }) => `  ${holds ? 'holds' : 'FAILS'}  ${gate.padEnd(13)}${detail}`),
  ].join('\n');
}

/** Both answers with the commands that judge them, and what the verifier says. */
export function describeAnswers(
  { task, proof, nearMiss }: DemoTask,
  { reference, nearMiss: path, verdicts }: ShownAnswers,
): string {
  const [accepted, refused] = verdicts;
  const rows = Object.values(proof.witness as object).flat();
  const clause = task.checks.find(({ id }) => id === nearMiss.check)?.says ?? '';
  return [
    heading('4. Its verifier accepts the reference answer'),
    `${reference} begins`,
    ...rows.slice(0, SHOWN_ROWS).map((row) => indent(JSON.stringify(row))),
    verdictOf(accepted),
    heading('5. Its verifier names what is wrong with a near miss'),
    `${path} breaks one rule and keeps all others:`,
    indent(wrap(clause)),
    '',
    ...differences(proof.witness, nearMiss.answer),
    verdictOf(refused),
  ].join('\n');
}

function verdictOf(judged: ShownAnswers['verdicts'][number] | undefined): string {
  if (!judged) return '';
  const { verdict, score, violations, command, exitCode } = judged;
  return `\n$ ${command}\n${JSON.stringify({ verdict, score, violations })}\n(exit code ${exitCode})`;
}

/** The fields in which two answers differ, a line each. */
function differences(witness: Proof['witness'], other: unknown): string[] {
  const changed = changedFields(witness, other);
  const lines = changed.slice(0, SHOWN_DIFFERENCES).map(({ place, from, to }) => indent(`${place}: ${from} → ${to}`));
  const rest = changed.length - lines.length;
  const count = changed.length === 1 ? 'one field' : `${changed.length} fields`;
  return [`It differs from the reference in ${count}:`, ...lines, ...(rest > 0 ? [indent(`… and ${rest} more`)] : [])];
}

export function describeEnd({ environmentFolder, folder, task }: DemoTask): string {
  const run = `demo/${task.id}`;
  const commands = [
    [`npx envmint show ${run}`, 'the whole task, with difficulty, lineage and proof'],
    [`npx envmint solve ${run}`, 'the reference solution at work, call by call'],
    [`npx envmint audit ${environmentFolder}`, 'all gates again, on what lies on disk'],
    ['npx envmint domains', 'the other domains'],
  ] as const;
  const width = Math.max(...commands.map(([command]) => command.length));
  return [
    heading('6. Go on'),
    wrap(
      `${folder} and the world.sqlite two folders above are all that a trainer needs: copy them anywhere, no package of ours is imported.\n`,
    ),
    ...commands.map(([command, what]) => `  ${command.padEnd(width)}   ${what}`),
    '',
  ].join('\n');
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');

/** The text in lines of at most `WIDTH` less the indents; further lines begin with `hang`. */
function wrap(text: string, hang = ''): string {
  return text
    .split('\n')
    .map((line) => {
      const lines = [''];
      for (const word of line.split(' ')) {
        const last = lines.at(-1) as string;
        if (last !== '' && last.length + word.length + 1 > WIDTH - 6) lines.push(`${hang}${word}`);
        else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
      }
      return lines.join('\n');
    })
    .join('\n');
}
