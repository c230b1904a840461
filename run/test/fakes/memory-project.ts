import type { Project } from '../../src/testbed/stack.ts';

export interface MemoryProject extends Partial<Omit<Project, 'read' | 'readTest' | 'paths'>> {
  /** The tree at the base commit: text by path. */
  readonly files: Readonly<Record<string, string>>;
  /** What the test patch adds or changes. */
  readonly after?: Readonly<Record<string, string>>;
}

/** A project that is nowhere but in memory. */
export function createMemoryProject({ files, after = {}, ...rest }: MemoryProject): Project {
  return {
    repository: 'owner/name',
    language: 'python',
    committedAt: '2024-03-01T00:00:00Z',
    sources: [],
    tests: [],
    support: [],
    version: undefined,
    ...rest,
    paths: Object.keys(files).sort(),
    read: async (path) => files[path],
    readTest: async (path) => after[path] ?? files[path],
  };
}
