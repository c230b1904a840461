import type { Basic, Node } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Wording } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan } from '../plan.ts';
import { EUR, machineTerms, PART, route } from '../terms.ts';
import { downTo, entry, firstRule, lastOf, names, neighbours, type Proposal, sum, upTo, upToRange } from './kit.ts';

type Tiers = Node<'tier'>['tiers'];

/** Half-open tiers from 0 on, cut at `cuts`, each with its own constraint. */
function tiersAt(cuts: readonly number[], then: (from: number) => Basic): Tiers {
  const edges = [0, ...cuts];
  return edges.map((from, tier) => ({ from, until: edges[tier + 1] ?? null, then: [then(from)] }));
}

/** The edge of the tier in which `value` lies. */
const tierOf = (cuts: readonly number[], value: number): number => Math.max(0, ...cuts.filter((cut) => cut <= value));

/** The dearer the machine of one operation, the less the others of its job may cost; the witness's own tier is tight. */
function rateTiers(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, plan.steps, (step) => {
    const rate = (machine: string): number => plan.machine(machine).rate;
    const rates = [...new Set(step.routes.map(({ machine }) => rate(machine)))].sort((a, b) => a - b);
    const cuts = rates.slice(1, 3);
    const others = plan.steps.filter(({ job, name }) => job === step.job && name !== step.name);
    const cost = sum(others.map(({ chosen }) => chosen.cost));
    const most = sum(others.map(({ routes }) => Math.max(...routes.map((one) => one.cost))));
    const least = sum(others.map(({ routes }) => Math.min(...routes.map((one) => one.cost))));
    const bound = upToRange({ least, value: cost, most }, ctx.slack, 100);
    if (cuts.length === 0 || bound >= most) return null;
    const own = tierOf(cuts, rate(step.chosen.machine));
    const budget = (from: number): number => {
      if (from === own) return bound;
      const wanted = from > own ? Math.floor(bound * 0.96) : Math.ceil(bound * 1.02);
      const inReach = Math.min(most - 1, Math.max(least + 100, wanted));
      return Math.floor(inReach / 100) * 100;
    };
    return {
      constraint: {
        kind: 'tier',
        on: { part: PART, key: step.name, field: 'machine', attr: { column: 'rate_cents' } },
        tiers: tiersAt(cuts, (from) => ({
          kind: 'aggregate',
          fn: 'sum',
          terms: [machineTerms(route('cost_cents'), names(others))],
          op: '<=',
          bound: budget(from),
        })),
      },
      wording: tierWording(
        { subject: `the hourly rate of the machine that does ${step.name}`, unit: EUR },
        [0, ...cuts].map(() =>
          bounded(`the routing costs of the other operations of ${step.job} together`, EUR, 'limit'),
        ),
        `what ${step.job} may cost depends on how it is made`,
      ),
    };
  });
}

/** The start of a long operation decides when another job's last operation has to start. */
function startTiers(plan: Plan, ctx: ProposeContext): Proposal | null {
  const long = plan.steps.filter(({ start, earliest, chosen }) => start > earliest && chosen.slots >= 3);
  return firstRule(ctx, long, (step) => {
    const others = plan.jobs.map(lastOf).filter(({ job }) => job !== step.job);
    if (others.length === 0) return null;
    const other = ctx.rng.pick(others);
    const cut = Math.max(step.earliest + 1, step.start - ctx.rng.int(0, 2));
    const cuts = [cut, cut + ctx.rng.int(3, 5)];
    const bound = upTo(other.start, ctx.slack);
    const own = tierOf(cuts, step.start);
    const latest = (from: number): number => (from === own ? bound : bound + (from > own ? -1 : 1));
    return {
      constraint: {
        kind: 'tier',
        on: { part: PART, key: step.name, field: 'start', attr: {} },
        tiers: tiersAt(cuts, (from) => ({
          kind: 'each',
          part: PART,
          field: 'start',
          keys: [other.name],
          condition: { attr: {}, op: '<=', values: [latest(from)] },
        })),
      },
      wording: tierWording(
        { subject: `the start slot of ${step.name}`, unit: 'count' },
        [0, ...cuts].map(() => bounded(`the start slot of ${other.name}`, 'count', 'condition')),
        'the fork-lift has two routes to serve',
      ),
    };
  });
}

/** Started early, the next operation has to be precise; started late, it has to be cheap. */
function hurryTiers(plan: Plan, ctx: ProposeContext): Proposal | null {
  const score = (machine: string): number => plan.machine(machine).accuracy;
  return firstRule(ctx, neighbours(plan), ([step, next]) => {
    const accuracy = downTo(score(next.chosen.machine), ctx.slack / 2);
    const cost = upTo(next.chosen.cost, ctx.slack);
    const bites =
      next.routes.some(({ machine }) => score(machine) < accuracy) && next.routes.some((one) => one.cost > cost);
    if (!bites) return null;
    const cut = Math.max(step.earliest + 1, step.start + ctx.rng.int(-1, 1));
    const keys = [next.name];
    const precise: Basic = {
      kind: 'each',
      part: PART,
      field: 'machine',
      keys,
      condition: { attr: { column: 'accuracy' }, op: '>=', values: [accuracy] },
    };
    const cheap: Basic = {
      kind: 'each',
      part: PART,
      field: 'machine',
      keys,
      condition: { attr: route('cost_cents'), op: '<=', values: [cost] },
    };
    return {
      constraint: {
        kind: 'tier',
        on: { part: PART, key: step.name, field: 'start', attr: {} },
        tiers: tiersAt([cut], (from) => (from === 0 ? precise : cheap)),
      },
      wording: tierWording(
        { subject: `the start slot of ${step.name}`, unit: 'count' },
        [
          bounded(`the accuracy score of the machine that does ${next.name}`, 'plain:points', 'condition'),
          bounded(`the routing cost of ${next.name}`, EUR, 'condition'),
        ],
        'what is early is done well, what is late is done cheaply',
      ),
    };
  });
}

/** `nested` in the order of the tiers; each says its bound as `{limit}` or `{condition}`. */
function tierWording(on: Pick<Wording, 'subject' | 'unit'>, nested: readonly Wording[], reason: string): Wording {
  return { ...on, nested, templates: [`${reason}: {tiers}`, '{tiers}'] };
}

const bounded = (subject: string, unit: Wording['unit'], slot: 'limit' | 'condition'): Wording => ({
  subject,
  unit,
  templates: [`{subject} must be {${slot}}`],
});

export const tierEntries: readonly PaletteEntry[] = [
  entry({ id: 'rate-tiers', role: 'conditional', from: 4, times: 2, make: rateTiers }),
  entry({ id: 'start-tiers', role: 'conditional', from: 5, times: 2, make: startTiers }),
  entry({ id: 'hurry-tiers', role: 'conditional', from: 4, make: hurryTiers }),
];
