import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { machineSide } from '../terms.ts';
import { canRunOn, entry, firstRule, listed, neighbours, type Proposal } from './kit.ts';

const sameKind = ({ steps }: Plan): [Step, Step][] =>
  steps.flatMap((a, i) => steps.slice(i + 1).flatMap((b): [Step, Step][] => (a.kind === b.kind ? [[a, b]] : [])));

function sameMachine(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, sameKind(plan), ([a, b]) => {
    if (a.chosen.machine !== b.chosen.machine || a.routes.length + b.routes.length < 3) return null;
    return {
      constraint: {
        kind: 'relate',
        left: machineSide,
        right: machineSide,
        pairs: [[a.name, b.name]],
        op: '=',
        offset: 0,
      },
      wording: {
        subject: a.name,
        unit: 'text',
        parts: { other: b.name },
        templates: [
          '{subject} and {other} share a measuring programme, so both run on the same machine',
          'for the sake of comparison {other} runs on the very machine that does {subject}',
        ],
      },
    };
  });
}

function otherMachine(plan: Plan, ctx: ProposeContext): Proposal | null {
  const pairs = sameKind(plan).filter(
    ([a, b]) => a.chosen.machine !== b.chosen.machine && a.routes.some(({ machine }) => canRunOn(b, machine)),
  );
  if (pairs.length < 2) return null;
  const chosen = ctx.rng.sample(pairs, 3).map(([a, b]): [string, string] => [a.name, b.name]);
  return {
    constraint: { kind: 'relate', left: machineSide, right: machineSide, pairs: chosen, op: '<>', offset: 0 },
    wording: {
      subject: 'these pairs of operations',
      unit: 'text',
      parts: { pairs: chosen.map(([a, b]) => `${a} and ${b}`).join('; ') },
      templates: [
        'chips of one must not get into the other, so the two operations of each of these pairs run on different machines: {pairs}',
        'if a machine fails, not both should be lost: each of {subject} is split over two different machines: {pairs}',
      ],
    },
  };
}

/** Ways from machine to machine that parts could take beside the witness's own, with one end on it. */
function otherWays(next: readonly [Step, Step][]): [string, string][] {
  const used = new Set(next.map(([a, b]) => `${a.chosen.machine}>${b.chosen.machine}`));
  const ways = next.flatMap(([a, b]) => [
    ...a.routes.map(({ machine }): [string, string] => [machine, b.chosen.machine]),
    ...b.routes.map(({ machine }): [string, string] => [a.chosen.machine, machine]),
  ]);
  const free = ways.filter(([from, to]) => from !== to && !used.has(`${from}>${to}`));
  return [...new Map(free.map((way) => [way.join('>'), way])).values()];
}

function transfers(plan: Plan, ctx: ProposeContext): Proposal | null {
  const next = neighbours(plan);
  const list = ctx.rng.sample(otherWays(next), 3);
  if (list.length === 0) return null;
  return {
    constraint: {
      kind: 'pairs',
      mode: 'forbidden',
      left: machineSide,
      right: machineSide,
      pairs: next.map(([a, b]): [string, string] => [a.name, b.name]),
      list,
    },
    wording: {
      subject: 'no job',
      unit: 'text',
      parts: {
        ways: listed(
          list.map(([from, to]) => `from ${from} to ${to}`),
          'or',
        ),
      },
      templates: [
        'the gangway is dug up: {subject} goes from one operation to its next {ways}',
        'there is no crane on some ways, so the way from one operation of a job to its next never leads {ways}',
      ],
    },
  };
}

export const pairEntries: readonly PaletteEntry[] = [
  entry({ id: 'same-machine', role: 'couple', from: 3, times: 2, make: sameMachine }),
  entry({ id: 'other-machine', role: 'couple', from: 3, make: otherMachine }),
  entry({ id: 'transfers', role: 'couple', from: 4, make: transfers }),
];
