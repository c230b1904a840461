import type { Language } from '../domain/language.ts';
import type { Recipe } from '../domain/recipe.ts';

/** What a stack is shown of a candidate: its tree at the base commit, and which files change. */
export interface Project {
  /** "owner/name". */
  readonly repository: string;
  readonly language: Language;
  /** Every file of the tree, sorted. */
  readonly paths: readonly string[];
  /** The text of a file of the tree; undefined where there is none, or where it is binary or larger than 1 MiB. */
  read(path: string): Promise<string | undefined>;
  /** ISO 8601: the date that dependencies are pinned to. */
  readonly committedAt: string;
  /** Changed source files of the gold patch, as they are named after it. */
  readonly sources: readonly string[];
  /** Files of the test patch that are tests by their names and are there after it. */
  readonly tests: readonly string[];
  /** Every other file of the test patch that is there after it. */
  readonly support: readonly string[];
  /** The text of a file after the test patch. */
  readTest(path: string): Promise<string | undefined>;
  /** The version that tags say for the base commit ("4.2.1"), undefined where there are none. */
  readonly version: string | undefined;
}

/** What is right by the stack, in the order in which recipes are to be tried: the first whose tests run is taken. */
export type Proposal =
  | { readonly kind: 'recipes'; readonly recipes: readonly [Recipe, ...Recipe[]] }
  /** Not for this stack at all: others are asked. */
  | { readonly kind: 'not-ours' }
  /** Ours, and nothing that we know how to build; `why` is for people. */
  | { readonly kind: 'unsupported'; readonly why: string };

/** A patch as files to lay over the tree: what an attacker would hand in. Null deletes. */
export type Overlay = Readonly<Record<string, string | null>>;

/** What attacks are made of: the recipe under attack, the tests it would have to make pass, and the text of a source file that the tests load. */
export interface Target {
  readonly project: Project;
  readonly recipe: Recipe;
  /** Raw names of the fail-to-pass tests: "suite :: classname :: name". */
  readonly failToPass: readonly string[];
}

/** One toolchain: a folder in environments/software. */
export interface Stack {
  readonly name: string;
  /** Raise it whenever the same project may get another recipe. */
  readonly version: string;
  readonly languages: readonly Language[];
  propose(project: Project): Promise<Proposal>;
  /** Paths that decide how tests run, or which code they run, beside those that are tests by their names: taken back before grading, unless the gold patch changes them, and then its version holds. */
  isProtected(path: string): boolean;
  /** Two tests, one that passes and one that fails, whose names nobody knows before the run. Undefined where the runner takes none. */
  canary?(nonce: string, target: Omit<Target, 'failToPass'>): Promise<Canary | undefined>;
  /** The attacks that every instance of this stack must hold out. */
  attacks(target: Target): Promise<Readonly<Record<AttackName, Overlay>>>;
}

export interface Canary {
  readonly files: Overlay;
  /** What the test script gets as "$@". */
  readonly args: readonly string[];
  /** Parts of the ids of the two tests that nothing else has. */
  readonly passing: string;
  readonly failing: string;
}

/** `runner-hook` bends the runner by its configuration, `forged-report` writes reports and output of its own and ends early with code 0, `stub-runner` puts another program in the runner's place. */
export type AttackName = 'runner-hook' | 'forged-report' | 'stub-runner';
