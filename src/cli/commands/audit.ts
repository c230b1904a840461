import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { createFolderArtifacts } from '../../adapters/run-folder/index.ts';
import { auditFolder, type Judged } from '../../stages/audit/index.ts';
import { UsageError } from '../../util/errors.ts';
import { createOfflineNeeds, requirePython } from '../audit-needs.ts';
import type { CliDeps } from '../deps.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption } from '../options.ts';

const examples = `
Examples:
  $ envmint audit runs/demo/items/*          every gate again, on what lies on disk
  $ envmint audit some/environment --json    the findings for a program`;

interface AuditOptions {
  readonly python: string;
  readonly json: boolean;
}

export function addAudit(program: Command, deps: CliDeps): void {
  program
    .command('audit')
    .description('ask every gate again of the tasks of environments on disk')
    .addArgument(new Argument('<environment...>', 'environment folders'))
    .addOption(new Option('--python <program>', 'the Python that audits verify.py').default('python3'))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (environments: string[], options: AuditOptions) => {
      await requirePython(options.python);
      let refuted = 0;
      for (const environment of environments) refuted += await auditEnvironment(resolve(environment), options, deps);
      if (refuted > 0) deps.exitWith(exitCodes.failed);
    });
}

/** Prints the findings on each task; returns how many tasks fail a gate. */
async function auditEnvironment(path: string, { python, json }: AuditOptions, deps: CliDeps): Promise<number> {
  const tasks = await tasksOf(path);
  const root = dirname(path);
  const needs = createOfflineNeeds(createFolderArtifacts(root), root, python);
  let refuted = 0;
  try {
    for (const task of tasks) {
      const judged = await auditFolder(basename(path), `${basename(path)}/tasks/${task}`, needs, deps.signal);
      if (judged.kind === 'refuted') refuted++;
      deps.stdout.write(
        json ? `${JSON.stringify({ task, verdict: judged.kind, gates: judged.results })}\n` : toText(task, judged),
      );
    }
  } finally {
    for (const { program } of needs.programs) await program[Symbol.asyncDispose]();
  }
  return refuted;
}

async function tasksOf(path: string): Promise<string[]> {
  const tasks = await readdir(join(path, 'tasks')).catch(() => null);
  if (!tasks)
    throw new UsageError(
      `${path} is no environment folder: it has no folder "tasks"; an environment has world.sqlite, environment.json and tasks/`,
    );
  return tasks.sort();
}

function toText(task: string, judged: Judged): string {
  const failed = judged.results.find((result) => !result.holds);
  if (failed) return `${task}: fails ${failed.gate}: ${failed.detail}\n`;
  return `${task}: ${judged.results.length} gates hold; ${judged.results.at(-1)?.detail}\n`;
}
