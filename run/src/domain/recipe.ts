import { z } from 'zod';

/** The Debian suites that images are made of, oldest first. */
export const SUITES = ['bullseye', 'bookworm', 'trixie'] as const;
export const Suite = z.enum(SUITES);
export type Suite = z.infer<typeof Suite>;

/** Where the repository lies in every container (`anchors` of the field: SWE-bench, Harbor). */
export const TESTBED = '/testbed';

/** One command of a recipe: a bash script, run as root with `-euo pipefail`. A failing step fails the build. */
export const Step = z.strictObject({ name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/), run: z.string().min(1) });
export type Step = z.infer<typeof Step>;

/** Which tests a command runs: the files of the test patch, what surrounds them (package, module, target), or all there are. */
export const SCOPES = ['files', 'package', 'all'] as const;
export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

/**
 * How tests are run. A script starts in the recipe's folder, offline, and builds first what has changed since the image was made.
 * It leaves JUnit files in the folder `$ENVMINT_REPORTS`, which is empty and new for each run, and takes the paths of canary tests as "$@".
 */
export const TestPlan = z.strictObject({
  files: z.string().min(1),
  package: z.string().min(1),
  all: z.string().min(1),
});
export type TestPlan = z.infer<typeof TestPlan>;

/** How the environment of one candidate is made, layer by layer: data, so that it can be kept, compared and printed as a Dockerfile. */
export const Recipe = z.strictObject({
  /** The stack that wrote it, and its version. */
  stack: z.string(),
  stackVersion: z.string(),
  /** What tells it from the other recipes of the stack for the same candidate: "python3.11", "node18-pnpm". */
  variant: z.string(),
  suite: Suite,
  /** The project's folder in the repository, "" for its root. */
  folder: z.string(),
  /** Environment of every step and of the image. */
  env: z.record(z.string(), z.string()),
  /** Base layer, shared by every repository: Debian packages, then steps with network and without the repository. */
  packages: z.array(z.string()),
  toolchain: z.array(Step),
  /** Dependency layer: steps with network, in the recipe's folder, with the tree of the base commit there. Its files are taken away afterwards; what the steps added stays. */
  dependencies: z.array(Step),
  /** Paths of manifests and lock files: with the steps, their contents are the key of the dependency layer. */
  manifests: z.array(z.string()),
  /** Whether these fix every version, so that the date plays no part. */
  isPinned: z.boolean(),
  /** Instance layer: steps without network, on the tree of the base commit. */
  build: z.array(Step),
  test: TestPlan,
  /** What each choice rests on: "pyproject.toml: requires-python >=3.9". */
  evidence: z.array(z.string()),
});
export type Recipe = z.infer<typeof Recipe>;
