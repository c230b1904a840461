import type { AnswerShape, Key } from '../../domain/answer.ts';
import type { Constraint } from '../../domain/constraint.ts';
import type { Level } from '../../domain/task.ts';
import type { Tool } from '../../domain/tool.ts';
import type { Provenance, Row, Table, World } from '../../domain/world.ts';
import type { Wording } from '../../engine/constraints/says/wording.ts';
import type { GatherStep } from '../../engine/search/gather.ts';
import type { Rng } from '../../util/rng.ts';

/** A constraint with its words, before a wording variant is drawn. */
export interface Rule {
  readonly id: string;
  readonly constraint: Constraint;
  readonly wording: Wording;
}

/**
 * The scenario at a size: what is asked for, and the rules that make an answer sensible at all.
 * A frame of size n+1 extends the one of size n: its keys come after those that were there.
 */
export interface Frame {
  readonly size: number;
  readonly shape: AnswerShape;
  readonly rules: readonly Rule[];
  /** Values that the narrative needs (start city, first date); names of the world among them become literals of the task. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The planted answer, read by slot. */
export interface Witness {
  /** What the answer says in the slot. */
  value(part: string, key: Key, field: string): string | number;
  /** The row that was chosen in the slot; the slot's field must have a table. */
  row(part: string, key: Key, field: string): Row;
}

export interface ProposeContext {
  readonly world: World;
  readonly frame: Frame;
  readonly witness: Witness;
  readonly rng: Rng;
  /** Share by which a bound may be looser than the witness, 0 is as tight as the witness itself. */
  readonly slack: number;
  /** Rules already in the task. */
  readonly rules: readonly Rule[];
}

/** A way to add a constraint that the witness satisfies. Draws only from `ctx.rng`; null where it does not fit. */
export interface PaletteEntry {
  readonly id: string;
  /** `bound`: limits one aggregate; `couple`: ties slots together; `conditional`: tier, implication or whenever. */
  readonly role: 'bound' | 'couple' | 'conditional';
  /** Lowest level at which it may appear. */
  readonly from: Level;
  /** How often one task may have it. */
  readonly times: number;
  propose(ctx: ProposeContext): Rule | null;
}

/** What a level asks of a task of this domain. Each level asks at least as much as the one below. */
export interface LevelSpec {
  readonly size: number;
  /** Number of palette rules, and how many of them are conditional at least. */
  readonly rules: number;
  readonly conditionals: number;
  readonly slack: number;
  /** Replace names in the prompt by descriptions that tools resolve. */
  readonly indirect: boolean;
  /** Forbid what a greedy solver would pick. */
  readonly forbidGreedy: boolean;
  /** Leave out the tools that `DomainPack.aggregateTools` names. */
  readonly narrowTools: boolean;
}

/** A statement that holds of every world of the pack, with the query that finds its violations. */
export interface Invariant {
  readonly says: string;
  readonly sql: string;
}

export interface Narrative {
  /** Opening paragraphs: who asks, for what, with which facts. */
  readonly intro: readonly string[];
  /** The line that leads into the list of clauses. */
  readonly lead: string;
  /** Statements that remove ambiguity (units, what counts, how time is written). */
  readonly notes: readonly string[];
}

/** A noun phrase that fits exactly one row of a table ("the machine that was installed in 2009"): the only one with the values of `where`. */
export interface Description {
  readonly says: string;
  readonly table: string;
  readonly where: Readonly<Record<string, string | number>>;
  /** The column that holds the name. */
  readonly column: string;
}

export interface DomainPack {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly cores: readonly string[];
  readonly provenance: readonly Provenance[];
  readonly tables: readonly Table[];
  readonly tools: readonly Tool[];
  /** Tools that a solver loses at high levels. */
  readonly aggregateTools: readonly string[];
  readonly gather: readonly GatherStep[];
  readonly invariants: readonly Invariant[];
  readonly levels: Readonly<Record<Level, LevelSpec>>;
  readonly palette: readonly PaletteEntry[];
  /** The rows of a world. Draws only from `rng`. */
  createWorld(rng: Rng): World;
  /** The scenario of one task family. The same `rng` state and a larger size extend the smaller frame. */
  frame(world: World, size: number, rng: Rng): Frame;
  narrate(frame: Frame, world: World, rng: Rng): Narrative;
  /** Says a name of the world by other things that tools tell of its row; null where nothing fits this name alone. */
  describe?(world: World, name: string, rng: Rng): Description | null;
}

export type { GatherStep, Wording };
