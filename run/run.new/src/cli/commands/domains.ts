import type { Command } from 'commander';
import { LEVELS } from '../../domain/task.ts';
import type { DomainPack } from '../../stages/synthesize/pack.ts';
import type { CliDeps } from '../deps.ts';
import { jsonOption } from '../options.ts';
import { packs } from '../packs.ts';

const examples = `
Examples:
  $ envmint domains          what tasks can be made of
  $ envmint domains --json   the same for a program`;

export function addDomains(program: Command, deps: CliDeps): void {
  program
    .command('domains')
    .description('list the domain packs')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(({ json }: { json: boolean }) => {
      const rows = [...packs.values()].map(describe);
      deps.stdout.write(json ? `${JSON.stringify(rows)}\n` : rows.map(toText).join('\n'));
    });
}

interface DomainRow {
  readonly name: string;
  readonly title: string;
  readonly cores: readonly string[];
  readonly tables: number;
  readonly tools: number;
  readonly constraints: number;
  readonly slots: string;
  readonly licences: readonly string[];
}

function describe({ name, title, cores, tables, tools, palette, levels, provenance }: DomainPack): DomainRow {
  const sizes = LEVELS.map((level) => levels[level].size);
  return {
    name,
    title,
    cores,
    tables: tables.length,
    tools: tools.length,
    constraints: palette.length,
    slots: `${sizes[0]} to ${sizes.at(-1)}`,
    licences: [...new Set(provenance.map((one) => one.licence))],
  };
}

function toText({ name, title, cores, tables, tools, constraints, slots, licences }: DomainRow): string {
  return `${name}: ${title}\n  cores ${cores.join(', ')}; ${tables} tables, ${tools} tools, ${constraints} constraints in the palette; size ${slots}; data ${licences.join(', ')}\n`;
}
