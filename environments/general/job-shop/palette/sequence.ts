import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan } from '../plan.ts';
import { HORIZON, intervals, startSide } from '../terms.ts';
import { downTo, entry, firstOf, firstRule, lastOf, names, neighbours, type Proposal, upTo } from './kit.ts';

function throughput(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, plan.jobs, (job) => {
    const [first, last] = [firstOf(job), lastOf(job)];
    const offset = upTo(last.start - first.start, ctx.slack);
    if (offset > HORIZON - 12) return null;
    return {
      constraint: {
        kind: 'relate',
        left: startSide,
        right: startSide,
        pairs: [[last.name, first.name]],
        op: '<=',
        offset,
      },
      wording: {
        subject: `job ${first.job}`,
        unit: 'plain:slots',
        parts: { first: first.name, last: last.name },
        templates: [
          'the parts of {subject} must not oxidise on the way: its last operation {last} starts at most {offset} after the start of its first, {first}',
          '{subject} ties up costly material, so {last} starts no more than {offset} after the start of {first}',
        ],
      },
    };
  });
}

function cooling(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, neighbours(plan), ([before, after]) => {
    const lag = downTo(after.start - before.end, ctx.slack);
    if (lag < 1) return null;
    const reason = before.temperature > 20 ? 'cool down' : 'be measured';
    return {
      constraint: { kind: 'precedence', intervals: intervals(), pairs: [[before.name, after.name]], lag },
      wording: {
        subject: `the parts of ${before.job}`,
        unit: 'plain:slots',
        parts: { before: before.name, after: after.name, reason },
        templates: [
          '{subject} have to {reason} after {before}: {after} starts {lag} after the end of {before} at the earliest',
          'between the end of {before} and the start of {after} there must be at least {lag}, in which {subject} can {reason}',
        ],
      },
    };
  });
}

function maxWait(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, neighbours(plan), ([before, after]) => {
    const offset = upTo(after.start - before.start, ctx.slack);
    if (offset > 12) return null;
    return {
      constraint: {
        kind: 'relate',
        left: startSide,
        right: startSide,
        pairs: [[after.name, before.name]],
        op: '<=',
        offset,
      },
      wording: {
        subject: after.name,
        unit: 'plain:slots',
        parts: { before: before.name },
        templates: [
          'the coolant film lasts only so long: {subject} starts at most {offset} after the start of {before}',
          '{subject} follows {before} closely, with no more than {offset} from start to start',
        ],
      },
    };
  });
}

function jobOrder(plan: Plan, ctx: ProposeContext): Proposal | null {
  const heads = plan.jobs.map(firstOf);
  return firstRule(ctx, heads, (head) => {
    const later = heads.filter(({ start }) => start > head.start);
    if (later.length === 0) return null;
    const others = ctx.rng.sample(later, 2);
    return {
      constraint: {
        kind: 'relate',
        left: startSide,
        right: startSide,
        pairs: others.map((other): [string, string] => [head.name, other.name]),
        op: '<',
        offset: 0,
      },
      wording: {
        subject: head.name,
        unit: 'count',
        parts: { others: names(others).join(' and ') },
        templates: [
          'the raw material is stacked in one lane: {subject} starts strictly before {others}',
          '{subject} must begin in an earlier slot than {others}, as its crate stands in front',
        ],
      },
    };
  });
}

export const sequenceEntries: readonly PaletteEntry[] = [
  entry({ id: 'throughput', role: 'couple', from: 2, times: 2, make: throughput }),
  entry({ id: 'cooling', role: 'couple', from: 2, times: 2, make: cooling }),
  entry({ id: 'max-wait', role: 'couple', from: 3, times: 2, make: maxWait }),
  entry({ id: 'job-order', role: 'couple', from: 2, times: 2, make: jobOrder }),
];
