import { z } from 'zod';
import type { Project } from '../../../src/testbed/stack.ts';
import { parseJson } from '../shared/json.ts';
import { join } from '../shared/paths.ts';

const Words = z.record(z.string(), z.string()).catch({});

/** What of package.json decides about an environment; every field that is not as it should be counts as missing. */
const PackageJson = z.object({
  name: z.string().catch(''),
  type: z.string().catch('commonjs'),
  scripts: Words,
  dependencies: Words,
  devDependencies: Words,
  peerDependencies: Words,
  optionalDependencies: Words,
  engines: Words,
  volta: Words,
  packageManager: z.string().catch(''),
  workspaces: z
    .union([z.array(z.string()), z.object({ packages: z.array(z.string()) }).transform(({ packages }) => packages)])
    .catch([]),
  main: z.string().catch(''),
  module: z.string().catch(''),
  exports: z.unknown().optional(),
  mocha: z.unknown().optional(),
  jest: z.unknown().optional(),
  ava: z.unknown().optional(),
  tap: z.unknown().optional(),
});
export type PackageJson = z.infer<typeof PackageJson>;

/** A package of the tree. */
export interface Package {
  readonly folder: string;
  readonly json: PackageJson;
}

export async function readPackage(project: Project, folder: string): Promise<Package | undefined> {
  const text = await project.read(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  const parsed = PackageJson.safeParse(parseJson(text));
  return parsed.success ? { folder, json: parsed.data } : undefined;
}

/** Every dependency by its name, of whatever kind. */
export function dependenciesOf({ json }: Package): Readonly<Record<string, string>> {
  return { ...json.peerDependencies, ...json.optionalDependencies, ...json.dependencies, ...json.devDependencies };
}
