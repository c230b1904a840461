import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import PQueue from 'p-queue';
import { z } from 'zod';
import { BoundaryError } from '../../domain/boundary.ts';
import type { Instance } from '../../domain/instance.ts';
import { type GradeVerdict, gradeAnswer, toGradable } from '../../testbed/grade.ts';
import type { TestBed } from '../../testbed/run-tests.ts';
import { toTimeLimit } from '../../testbed/time-limit.ts';
import { allTogether } from '../../util/all-together.ts';
import { UsageError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';
import { exitCodes } from '../exit.ts';
import { jobsOption, jsonOption } from '../options.ts';
import { openEngine } from '../software/engine.ts';
import { findInstance, refuseMissingRun } from '../software/find-instance.ts';
import { readItems } from '../software/inputs.ts';
import { addContainerOptions, type ContainerOptions } from '../software/options.ts';
import { stacks } from '../software/stacks.ts';
import { createTestBed, fitJobs } from '../software/testbed.ts';

const examples = `
Examples:
  $ envmint grade runs/proven/items/octo-org__tool-12 --patch fix.diff
  $ envmint grade runs/proven --predictions predictions.jsonl     lines {"instance_id": …, "model_patch": …}
  $ envmint grade runs/proven/items/octo-org__tool-12 --gold      must print "pass"; --empty must print "fail"

Verdicts are printed in the order of the predictions; "error" says that an answer could not be graded, and the others are. The exit code is 0 where every answer
was graded, whatever its verdict, and 1 where some were not; the verdict is on standard output.

An answer may take ten times as long as the gold patch took in the validation, two minutes at least; --test-timeout sets another limit.`;

/** A line of a predictions file, as SWE-bench has it. */
const Prediction = z.looseObject({ instance_id: z.string(), model_patch: z.string().nullable() });

interface GradeOptions extends ContainerOptions {
  readonly jobs: number;
  readonly patch?: string;
  readonly predictions?: string;
  readonly gold: boolean;
  readonly empty: boolean;
  readonly json: boolean;
}

interface GradeSettings extends GradeOptions {
  /** Whether the user has said how long an answer may take. */
  readonly isTimeSet: boolean;
}

export function addGrade(program: Command, deps: CliDeps): void {
  const command = program
    .command('grade')
    .description('judge a patch in a fresh container of an instance')
    .argument('<instance>', 'folder or file of an instance, or a run of validate with --predictions')
    .addOption(
      new Option('--patch <file>', 'a diff, "-" for standard input').conflicts(['predictions', 'gold', 'empty']),
    )
    .addOption(
      new Option('--predictions <file>', 'answers to many instances (JSON Lines)').conflicts(['gold', 'empty']),
    )
    .addOption(new Option('--gold', 'grade the gold patch').default(false).conflicts('empty'))
    .addOption(new Option('--empty', 'grade an empty patch').default(false))
    .addOption(jobsOption())
    .addOption(jsonOption());
  addContainerOptions(command)
    .addHelpText('after', examples)
    .action((place: string, options: GradeOptions) => {
      const isTimeSet = command.getOptionValueSource('testTimeout') !== 'default';
      return grade(place, { ...options, isTimeSet }, deps);
    });
}

async function grade(place: string, options: GradeSettings, deps: CliDeps): Promise<void> {
  const questions = await readQuestions(place, options, deps);
  const runtime = await openEngine('grade', deps);
  await runtime.sweep(deps.signal);
  const fitting = await fitJobs(runtime, options, deps);
  const bed = createTestBed(runtime, fitting, deps);
  const queue = new PQueue({ concurrency: fitting.jobs });
  const write = inOrder((text) => deps.stdout.write(text));
  let failed = 0;
  const works = questions.map(
    (question, index) => (either: AbortSignal) =>
      queue.add(async () => {
        const verdict = await gradeOne(question, { bed, isTimeSet: options.isTimeSet }, either).catch(
          (error: unknown) => {
            if (options.predictions === undefined) throw error;
            return toUngraded(error);
          },
        );
        if (verdict.verdict === 'error') failed++;
        write(
          index,
          options.json ? `${JSON.stringify({ id: question.id, ...verdict })}\n` : describe(question.id, verdict),
        );
      }),
  );
  await allTogether(works, deps.signal);
  deps.exitWith(failed === 0 ? exitCodes.ok : exitCodes.failed);
}

/** An answer that could not be graded: says nothing of the answer. */
interface Ungraded {
  readonly verdict: 'error';
  readonly detail: string;
}

/** One of many predictions does not end the others by what its instance, or the engine, lacks; all else does. */
function toUngraded(error: unknown): Ungraded {
  if (error instanceof UsageError || (error instanceof BoundaryError && error.boundary !== 'disk')) {
    return { verdict: 'error', detail: error.message };
  }
  throw error;
}

async function gradeOne(
  { patch, find }: Question,
  { bed, isTimeSet }: { readonly bed: TestBed; readonly isTimeSet: boolean },
  signal: AbortSignal,
): Promise<GradeVerdict> {
  const instance = await find();
  const stack = stacks.find(({ name }) => name === instance.build.recipe.stack);
  if (stack === undefined) throw new UsageError(`${instance.id} needs the stack ${instance.build.recipe.stack}`);
  if (!(await bed.runtime.image(instance.build.image, signal))) {
    throw new UsageError(`${instance.id}: this machine has no image ${instance.build.imageName}; build it again`);
  }
  const answer = { patch: patch ?? instance.candidate.goldPatch };
  const goldMs = instance.controls.filter(({ control }) => control === 'gold').map(({ ms }) => ms);
  const timeoutMs = isTimeSet ? bed.timeoutMs : toTimeLimit(goldMs, bed.timeoutMs);
  return await gradeAnswer(toGradable(instance), { answer, bed: { ...bed, timeoutMs }, stack }, signal);
}

/** Writes texts by their numbers from 0 on, each as soon as all before it are written. */
function inOrder(write: (text: string) => void): (index: number, text: string) => void {
  const waiting = new Map<number, string>();
  let next = 0;
  return (index, text) => {
    waiting.set(index, text);
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      write(ready);
      waiting.delete(next++);
    }
  };
}

/** A patch and the instance that it is for, which is read when its turn has come. */
interface Question {
  readonly id: string;
  /** Undefined for the gold patch. */
  readonly patch: string | undefined;
  find(): Promise<Instance>;
}

async function readQuestions(place: string, options: GradeOptions, deps: CliDeps): Promise<Question[]> {
  if (options.predictions !== undefined) {
    await refuseMissingRun(place);
    const lines = await readItems([options.predictions], { name: '', schema: Prediction, what: 'prediction' });
    return lines.map(({ instance_id: id, model_patch }) => ({
      id,
      patch: model_patch ?? '',
      find: () => findInstance(place, id),
    }));
  }
  if (!options.gold && !options.empty && options.patch === undefined) {
    throw new UsageError('give --patch FILE, --predictions FILE, --gold or --empty');
  }
  const instance = await findInstance(place);
  const patch = options.patch === undefined ? '' : await readPatch(options.patch, deps);
  return [{ id: instance.id, patch: options.gold ? undefined : patch, find: async () => instance }];
}

async function readPatch(path: string, { stdin }: CliDeps): Promise<string> {
  if (path !== '-') {
    return readFile(path, 'utf8').catch((cause) => {
      throw new UsageError(`--patch ${path}: it cannot be read`, { cause });
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function describe(id: string, verdict: GradeVerdict | Ungraded): string {
  if (verdict.verdict === 'error') return `${id}: error: ${verdict.detail}\n`;
  const { score, dense, reasons, detail, tests, dropped, ms } = verdict;
  const failing = tests.filter(({ status }) => status !== 'pass');
  const lines = [
    `${id}: ${verdict.verdict} (score ${score}, dense ${dense.toFixed(3)}, ${(ms / 1000).toFixed(1)} s)`,
    ...(reasons.length > 0 ? [`  because: ${reasons.join(', ')}${detail ? `: ${detail}` : ''}`] : []),
    `  ${tests.length - failing.length} of ${tests.length} tests pass`,
    ...failing
      .slice(0, 20)
      .map((test) => `  ${test.set} ${test.status}: ${test.id}${test.message ? ` (${test.message})` : ''}`),
    ...(failing.length > 20 ? [`  and ${failing.length - 20} more`] : []),
    ...(dropped.length > 0 ? [`  not taken over: ${dropped.join(', ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
