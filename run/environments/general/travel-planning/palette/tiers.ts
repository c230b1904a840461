import type { Unit } from '../../../../src/domain/world.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, firstOf, staysIn } from '../plan.ts';
import { columnOf, human, quantile, share } from './bound.ts';
import { type Declared, entry, hasLegs } from './entry.ts';
import { type Cut, cutAtShare, cutAtWitness, PIECES, type Piece } from './piece.ts';
import { numberAt, type Slot } from './witness.ts';

interface Switch {
  readonly slot: Slot;
  /** Date whose meals and sights the branches limit. */
  readonly date: string;
  readonly subject: string;
}

interface Tiered {
  readonly column: string;
  readonly table: string;
  readonly unit: Unit;
  /** The slots that may decide, in random order. */
  readonly switches: (ctx: ProposeContext) => readonly Switch[];
}

/** The witness's branch lets this share of plausible days through, so that the other branches can bite as much. */
const LOOSEST = 0.45;
const TIGHTEST = 0.02;

/** Three half-open tiers over a slot's term; each branch asks for two things, about as hard to satisfy as those of the witness's branch. */
function tiered(declared: Declared, { column, table, unit, switches }: Tiered): PaletteEntry {
  return entry('conditional', declared, (ctx) => {
    const values = columnOf(ctx.world, table, column);
    const [low, high] = [human(quantile(values, 0.35)), human(quantile(values, 0.7))];
    if (low <= 0 || high <= low || share(values, (value) => value < low) > 0.6) return null;
    for (const { slot, date, subject } of switches(ctx)) {
      const branches = branchesFor(ctx, date, tierOf(numberAt(ctx, slot, { column }), [low, high]));
      if (!branches) continue;
      const starts = [0, low, high];
      return {
        suffix: slot.key,
        constraint: {
          kind: 'tier',
          on: { ...slot, attr: { column } },
          tiers: branches.map((cuts, i) => ({
            from: starts[i] as number,
            until: starts[i + 1] ?? null,
            then: cuts.map(({ constraint }) => constraint),
          })),
        },
        wording: { subject, unit, nested: branches.flatMap((cuts) => cuts.map(({ wording }) => wording)) },
      };
    }
    return null;
  });
}

const tierOf = (value: number, [low, high]: readonly [number, number]): number =>
  value < low ? 0 : value < high ? 1 : 2;

/** The three branches, of which the witness is in number `own`; null where the witness offers nothing that bites. */
function branchesFor(ctx: ProposeContext, date: string, own: number): (readonly Cut[])[] | null {
  const branch = witnessBranch(ctx, date);
  if (!branch) return null;
  const portion = Math.min(0.6, Math.max(0.3, Math.sqrt(branch.share)));
  // No two branches ask for the same two things, or two tiers would be one.
  const others = ctx.rng.sample(
    PAIRS.filter((pair) => !branch.pieces.every((piece) => pair.includes(piece))),
    2,
  );
  const cuts = others.map((pair) => pair.map((piece) => cutAtShare(ctx, piece, { date, portion })));
  return cuts.toSpliced(own, 0, [...branch.cuts]);
}

/** All pairs of different pieces. */
const PAIRS: readonly (readonly Piece[])[] = PIECES.flatMap((a, i) => PIECES.slice(i + 1).map((b) => [a, b]));

interface Branch {
  readonly pieces: readonly Piece[];
  readonly cuts: readonly Cut[];
  readonly share: number;
}

/** Two pieces that the witness satisfies and that are neither idle nor out of reach. */
function witnessBranch(ctx: ProposeContext, date: string): Branch | null {
  for (const pieces of ctx.rng.shuffle(PAIRS)) {
    const cuts = pieces.map((piece) => cutAtWitness(ctx, piece, date));
    const shares = cuts.map((cut) => cut.share);
    const share = shares.reduce((a, b) => a * b, 1);
    if (Math.max(...shares) < 0.8 && share <= LOOSEST && share >= TIGHTEST) return { pieces, cuts, share };
  }
  return null;
}

const daySwitch = (
  field: 'hotel' | 'lunch',
  key: string,
  { date, subject }: { date: string; subject: string },
): Switch => ({ slot: { part: 'days', key, field }, date, subject });

export const tiers: readonly PaletteEntry[] = [
  tiered(
    { id: 'hotel-tier', from: 2, times: 2 },
    {
      column: 'price_cents',
      table: 'hotel',
      unit: 'money:EUR',
      switches: (ctx) =>
        ctx.rng
          .shuffle(datesOf(ctx.frame))
          .map((date) => daySwitch('hotel', date, { date, subject: `the price of a room per night on ${date}` })),
    },
  ),
  tiered(
    { id: 'lunch-tier', from: 3, times: 2 },
    {
      column: 'price_cents',
      table: 'restaurant',
      unit: 'money:EUR',
      // The lunch of one day decides what the next day may look like.
      switches: (ctx) => {
        const dates = datesOf(ctx.frame);
        return ctx.rng.shuffle(dates.slice(1)).map((date) => {
          const before = dates[dates.indexOf(date) - 1] as string;
          return daySwitch('lunch', before, { date, subject: `the price per person of lunch on ${before}` });
        });
      },
    },
  ),
  tiered(
    { id: 'journey-tier', from: 4, times: 2 },
    {
      column: 'minutes',
      table: 'service',
      unit: 'minutes',
      switches: (ctx) =>
        hasLegs(ctx)
          ? ctx.rng.shuffle(staysIn(ctx.frame)).map((stay) => ({
              slot: { part: 'legs', key: stay.leg, field: 'service' },
              date: firstOf(stay),
              subject: `the travel time of leg ${stay.leg}`,
            }))
          : [],
    },
  ),
];
