/** A step of a workflow: commands under variables of its own. */
export interface CiStep {
  readonly run: string;
  /** Those whose value is known: written out, or from the matrix, the first value then. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether services, of which there are none here, stand beside its job. */
  readonly isServed: boolean;
}

interface Around {
  readonly env: Readonly<Record<string, string>>;
  readonly isServed: boolean;
  readonly matrix: Readonly<Record<string, string>>;
}

/** What would change our own tools or says who runs the tests, and no settings of the tests. */
const NOT_THESE =
  /^(?:PATH|HOME|USER|SHELL|TMPDIR|CI|ENV|IFS|BASH.*|LD_.*|DYLD_.*|GIT_.*|ENVMINT.*|GITHUB_.*|RUNNER_.*|COMPOSER.*|.*(?:TOKEN|SECRET|PASSWORD|PROXY).*)$/i;

/** Whether tests may be told by a variable of this name. */
export function isSetting(name: string): boolean {
  return /^[A-Z_]\w*$/i.test(name) && !NOT_THESE.test(name);
}

/** The steps of a GitHub workflow, as YAML gives it. */
export function stepsOf(document: unknown): readonly CiStep[] {
  const steps: CiStep[] = [];
  gather(document, { env: {}, isServed: false, matrix: {} }, steps);
  return steps;
}

function gather(node: unknown, around: Around, steps: CiStep[]): void {
  if (Array.isArray(node)) {
    for (const item of node) gather(item, around, steps);
    return;
  }
  if (!isRecord(node)) return;
  const matrix = { ...around.matrix, ...(isRecord(node.strategy) ? firstValues(node.strategy.matrix) : {}) };
  const env = { ...around.env, ...(isRecord(node.env) ? known(node.env, matrix) : {}) };
  const isServed = around.isServed || isRecord(node.services);
  if (typeof node.run === 'string') steps.push({ run: node.run, env, isServed });
  for (const child of Object.values(node)) gather(child, { env, isServed, matrix }, steps);
}

function firstValues(matrix: unknown): Readonly<Record<string, string>> {
  if (!isRecord(matrix)) return {};
  const { include, exclude: _, ...lists } = matrix;
  const pairs = [...(Array.isArray(include) ? include.filter(isRecord).reverse() : []), lists].flatMap(Object.entries);
  const firsts = pairs.map(([name, value]) => [name, Array.isArray(value) ? value[0] : value] as const);
  return Object.fromEntries(firsts.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

function known(env: Readonly<Record<string, unknown>>, matrix: Around['matrix']): Readonly<Record<string, string>> {
  const pairs = Object.entries(env).map(
    ([name, value]) => [name, typeof value === 'string' ? fill(value, matrix) : undefined] as const,
  );
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => pair[1] !== undefined && isSetting(pair[0])),
  );
}

/** Undefined where an expression is anything but a value of the matrix. */
function fill(value: string, matrix: Around['matrix']): string | undefined {
  const filled = value.replaceAll(/\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g, (all, name: string) => matrix[name] ?? all);
  return /\$\{\{|[\0\n]/.test(filled) ? undefined : filled;
}

function isRecord(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
