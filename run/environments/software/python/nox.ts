import { type Finding, parseRequirement } from './finding.ts';

/** What noxfile.py installs for sessions whose name has "test" in it, read as text. Requirement files are named as they are there. */
export function readNox(path: string, text: string): Finding & { readonly files: readonly string[] } {
  const sessions = text.split(/^(?=@nox)/m).filter((block) => /^def \w*tests?\w*\(/m.test(block));
  const calls = sessions.flatMap((block) => [...block.matchAll(/\.install\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)]);
  const words = calls.map(([, list]) =>
    [...(list ?? '').matchAll(/(?<!f)["']([^"'\n]+)["']/g)].map(([, word]) => word ?? ''),
  );
  const parsed = words
    .flatMap((list) => list.filter((word, at) => word !== '-r' && list[at - 1] !== '-r'))
    .map(parseRequirement);
  return {
    path,
    files: words.flatMap((list) => list.filter((_, at) => list[at - 1] === '-r')),
    extras: parsed.flatMap((item) => item.extras),
    requirements: parsed.flatMap(({ requirement }) => requirement ?? []),
  };
}
