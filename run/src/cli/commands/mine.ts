import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { createGitRepositories } from '../../adapters/git/index.ts';
import type { Candidate } from '../../domain/candidate.ts';
import { defaultRunId, type RunConfig } from '../../domain/run.ts';
import type { Screen } from '../../ports/screen.ts';
import { describeSettings, explainRefusals } from '../../stages/judge/index.ts';
import { examine, explainReport, type MineNeeds } from '../../stages/mine/index.ts';
import type { CliDeps } from '../deps.ts';
import { cacheFolder, type MineOptions, type MinePlan, parseAddress, toPlan } from '../mine/options.ts';
import { runMine } from '../mine/run-mine.ts';
import { openScreen } from '../mine/screen.ts';
import { findToken } from '../mine/token.ts';
import { addRunOptions, repeated } from '../options.ts';

const examples = `
Examples:
  $ envmint mine --repo octo-org/tool --since 2024-01-01         from GitHub; GITHUB_TOKEN is set
  $ envmint mine --search 'language:java stars:>500' --set minWords=40
  $ envmint mine --archive 'hours/2024-05-01-{0..23}.json.gz'    from GH Archive
  $ envmint mine --dump crawl --set licenses='*'                 offline, from JSONL beside clones
  $ envmint mine --repo octo-org/tool --explain octo-org/tool#12 why it is a candidate, or why not

Settings (--set name=value):
${describeSettings()
  .map(
    ({ name, byDefault, says }) =>
      `  ${name.padEnd(18)} ${says} (${byDefault.length > 40 ? `${byDefault.slice(0, 37)}…` : byDefault || 'none'})`,
  )
  .join('\n')}`;

export function addMine(program: Command, deps: CliDeps): void {
  const none: readonly string[] = [];
  const command = program
    .command('mine')
    .description('find issues with the pull requests that answer them, as candidates for software environments')
    .addOption(
      new Option('--repo <owner/name>', 'a repository to mine; may be given more than once')
        .default(none, 'none')
        .argParser(repeated),
    )
    .addOption(new Option('--repos <file>', 'a file with one repository a line'))
    .addOption(new Option('--search <query>', "repositories that GitHub's search finds, past its 1,000 results"))
    .addOption(new Option('--since <day>', 'merged on this day or later'))
    .addOption(new Option('--until <day>', 'merged on this day or earlier'))
    .addOption(
      new Option('--archive <files>', 'hours of GH Archive: files, folders, addresses, ranges like {0..23}')
        .default(none, 'none')
        .argParser(repeated),
    )
    .addOption(new Option('--dump <folder>', "JSONL of GitHub's own objects beside local clones (docs/mine.md)"))
    .addOption(new Option('--cache <dir>', 'folder of clones and answers that runs share (default: ~/.cache/envmint)'))
    .addOption(
      new Option('--set <name=value>', 'a setting of the filters, see below').default(none, 'none').argParser(repeated),
    )
    .addOption(
      new Option('--contamination <file>', 'a further list of what must not be mined')
        .default(none, 'none')
        .argParser(repeated),
    )
    .addOption(new Option('--explain <owner/name#n>', 'show what is found about one pull request, and end'))
    .addOption(new Option('--github-url <address>', 'the GitHub to ask').default('https://github.com'))
    .addOption(new Option('--no-pace', "do without GitHub's pace of one query a second, for servers of your own"));
  addRunOptions(command)
    .addHelpText('after', examples)
    .action((options: MineOptions) => mine(options, deps));
}

async function mine(options: MineOptions, deps: CliDeps): Promise<void> {
  const plan = await toPlan(options);
  const screen = await openScreen(plan.settings, options.contamination);
  const config = toConfig(plan, screen, options);
  const runId = options.runId ?? defaultRunId(config);
  const site = options.githubUrl;
  const token = await findToken(site, deps.env);
  const cache = resolve(cacheFolder(options.cache, deps.env));
  const journalPath = join(options.out, runId, 'listing.jsonl');
  // Its adapters take memory that no other command needs.
  const { openSource } = await import('../mine/sources.ts');
  using source = await openSource(plan, { site, token, cache, isPaced: options.pace, journalPath }, deps);
  const repositories = createGitRepositories({ cache, env: deps.env, token, host: site });
  const needs = { hub: source.hub, repositories, screen };
  if (options.explain !== undefined) return await explain(options.explain, { needs, plan }, deps);
  const { nearDuplicate } = plan.settings;
  deps.exitWith(await runMine({ config, needs, refs: source.source.refs(deps.signal), nearDuplicate }, options, deps));
}

function toConfig(plan: MinePlan, { version }: Screen, { githubUrl }: MineOptions): RunConfig {
  const { dump, kind, ...rest } = plan;
  const path = dump === undefined ? undefined : resolve(dump);
  return {
    v: 1,
    command: 'mine',
    source: kind,
    ...(path && { dump: path }),
    ...(kind === 'github' && { githubUrl }),
    screen: version,
    ...rest,
  };
}

interface ExplainNeeds {
  readonly needs: MineNeeds;
  readonly plan: MinePlan;
}

const decoders = { github: 'github', dump: 'dump', archive: 'archive-full' } as const;

async function explain(asked: string, { needs, plan }: ExplainNeeds, deps: CliDeps): Promise<void> {
  const ref = { ...parseAddress(asked), decoder: decoders[plan.kind] };
  const report = await examine(ref, needs, deps.signal);
  const lines = [...explainReport(report), ...(await judged(report.verdict, needs.screen, deps.signal))];
  deps.stdout.write(`${lines.join('\n')}\n`);
}

async function judged(verdict: object, screen: Screen, signal: AbortSignal): Promise<string[]> {
  if (!('candidate' in verdict)) return [];
  return explainRefusals(await screen.candidate(verdict.candidate as Candidate, signal));
}
