import { folderAndAbove, folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';

/** A target of a Makefile, and the program that it runs. */
export interface OwnTarget {
  /** The Makefile's folder, from the recipe's own; "." for that one. */
  readonly folder: string;
  readonly target: string;
  /** Its name without a folder. */
  readonly program: string;
}

interface Tree {
  readonly folder: string;
  readonly tests: readonly string[];
  /** Texts of the Makefiles by their paths. */
  readonly makefiles: ReadonlyMap<string, string>;
}

/** The same programs under another machine or under watch. */
const VARIANTS = /clean|install|valgrind|san\b|32|mem|cov|bench|debug/i;

/**
 * The targets that run a changed test by its name: what the general target runs is often a short selection. `zstreamtest.c` → `test-zstream`, whose
 * commands have `./zstreamtest -v`.
 */
export function ownTargets({ folder, tests, makefiles }: Tree): readonly OwnTarget[] {
  const found = tests
    .filter((path) => isBelow(folder, path))
    .flatMap((path) => {
      const near = folderAndAbove(folderOf(path)).filter((above) => isBelow(folder, above));
      const program = nameOf(path).replace(/\.(?:c|cc|cpp|cxx)$/, '');
      return (
        near.flatMap((above) => {
          const target = targetOf(textOf(makefiles, above), program);
          return target === undefined ? [] : [{ folder: relativeTo(folder, above), target, program }];
        })[0] ?? []
      );
    });
  const byName = new Map(found.map((own) => [`${own.folder} ${own.target}`, own]));
  return [...byName.values()];
}

function textOf(makefiles: ReadonlyMap<string, string>, folder: string): string {
  return ['GNUmakefile', 'makefile', 'Makefile'].map((name) => makefiles.get(join(folder, name)) ?? '').join('\n');
}

/** One that is named as a test before any other. */
function targetOf(makefile: string, program: string): string | undefined {
  const runs = toRun(program);
  const targets: string[] = [];
  let current: readonly string[] = [];
  for (const line of makefile.replaceAll(/\\\n\s*/g, ' ').split('\n')) {
    if (line.startsWith('\t')) {
      if (runs.test(line.trim())) targets.push(...current);
      continue;
    }
    const [, names] = /^([\w./-]+(?: +[\w./-]+)*) *:(?![:=])/.exec(line) ?? [];
    if (names !== undefined) current = names.split(/ +/);
  }
  const plain = targets.filter((name) => !VARIANTS.test(name) && !name.startsWith('.'));
  return plain.find((name) => /test|check/i.test(name)) ?? plain[0];
}

/** The program in a command's first place: by a path, or by an interpreter; a wrapper in a variable may stand before it. */
function toRun(program: string): RegExp {
  const name = program.replaceAll(/[.+]/g, '\\$&');
  const place = String.raw`(?:[\w.$(){}/-]*/|(?:sh|bash|python3?|perl)\s+(?:[\w.$(){}/-]*/)?)`;
  return new RegExp(
    String.raw`^[@+-]*\s*(?:\w+=\S*\s+)*(?:\$[({]\w+[)}]\s+)*${place}${name}(?:\$[({]\w+[)}]|\.exe)?(?:\s|;|$)`,
  );
}
