import type { Command } from 'commander';
import type { Proof } from '../../domain/proof.ts';
import type { Rate, Task } from '../../domain/task.ts';
import { SUBMIT } from '../../domain/tool.ts';
import type { CliDeps } from '../deps.ts';
import { jsonOption } from '../options.ts';
import { findTask, readEnvironmentOf, readProof, readTask } from '../task-folder.ts';
import { toText as toolToText } from './tools.ts';

const examples = `
Examples:
  $ envmint show demo/travel-planning-1a2b3c4d-l3          prompt, tools, checks, difficulty, lineage and proof
  $ envmint show demo/travel-planning-1a2b3c4d-l3 --json   task and proof for a program`;

export function addShow(program: Command, deps: CliDeps): void {
  program
    .command('show')
    .description('show a task: prompt, tools, checks, difficulty, lineage and proof')
    .argument('<task>', 'a task folder, or RUN/TASK')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (text: string, { json }: { json: boolean }) => {
      const folder = await findTask(text);
      const [task, proof] = [await readTask(folder), await readProof(folder)];
      if (json) return deps.stdout.write(`${JSON.stringify({ task, proof })}\n`);
      const { environment } = await readEnvironmentOf(folder);
      const tools = environment.tools.filter(({ name }) => name !== SUBMIT && task.tools.includes(name));
      const sections: [string, string][] = [
        [`${task.id} (${task.domain}, level ${task.difficulty.level})`, folder],
        ['Prompt', task.prompt.trim()],
        ['Tools', tools.map(toolToText).join('').trimEnd()],
        ['Checks', describeChecks(task)],
        ['Difficulty', describeDifficulty(task)],
        ['Lineage', describeLineage(task)],
        ['Proof', proof ? describeProof(proof) : 'none: the task was not audited'],
      ];
      deps.stdout.write(
        `${sections.map(([title, body]) => `${title}\n${'-'.repeat(title.length)}\n${body}\n`).join('\n')}`,
      );
    });
}

function describeChecks({ checks }: Task): string {
  return toTable(checks.map(({ id, stage, says }) => [id, stage, says]));
}

function describeDifficulty({ difficulty: d }: Task): string {
  const count = `${d.solutions.exact ? '' : 'at least '}${d.solutions.count}`;
  return toTable([
    ['well-formed answers', `10^${d.spaceLog10}`],
    ['solutions found', count],
    ['surprisal of the rules', `${d.surprisal} digits`],
    ['solver', `${d.solverNodes} nodes, ${d.solverBacktracks} backtracks`],
    ['random answers', describeRate(d.random)],
    ['informed answers', describeRate(d.informed)],
    ['greedy', describeRate(d.greedy)],
    ['local search', describeRate(d.localSearch)],
  ]);
}

const describeRate = ({ passed, tried }: Rate): string => `${passed} of ${tried} pass`;

function describeLineage({ lineage: { parent, steps } }: Task): string {
  const lines = steps.map(({ operator, detail, level, before, after }) => [
    `level ${level}`,
    operator,
    `${before} → ${after}`,
    detail,
  ]);
  return [`parent: ${parent ?? 'none, it is the root of its ladder'}`, toTable(lines)].join('\n').trimEnd();
}

function describeProof({ gates, solutions, killMatrix, tools, judged, infeasible }: Proof): string {
  const killed = killMatrix.reduce((sum, cell) => sum + cell.killed, 0);
  const mutants = killMatrix.reduce((sum, cell) => sum + cell.mutants, 0);
  return [
    toTable(gates.map(({ gate, holds, detail }) => [holds ? 'holds' : 'FAILS', gate, detail])),
    `further solutions: ${solutions.length}; mutants named: ${killed} of ${mutants}`,
    `tool calls: ${tools.calls} by the reference, ${tools.minimum} at least`,
    `answers judged by ${judged.verifiers.join(', ')}: ${judged.answers}, disagreements: ${judged.disagreements}`,
    `bounds proven as tight as can be: ${infeasible.length}`,
  ].join('\n');
}

/** Rows with all columns but the last padded to one width. */
function toTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '))
    .join('\n');
}
