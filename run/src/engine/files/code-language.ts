import type { Language } from '../../domain/language.ts';

const byExtension: Readonly<Record<string, Language>> = {
  py: 'python',
  pyx: 'python',
  pyi: 'python',
  pxd: 'python',
  java: 'java',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  vue: 'javascript',
  svelte: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cxx: 'cpp',
  hh: 'cpp',
  hpp: 'cpp',
  hxx: 'cpp',
  ipp: 'cpp',
  inl: 'cpp',
  tpp: 'cpp',
  go: 'go',
  php: 'php',
  phtml: 'php',
  rs: 'rust',
};

/** Code that we know the extension of, but not how to test. */
const unsupported = new Set(
  'rb cs kt kts scala swift m mm ex exs erl hs ml mli clj cljs dart lua pl pm r jl nim zig d f f90 groovy vb fs sh bash ps1 cu sol coffee'.split(
    ' ',
  ),
);

/** The language that a path speaks of by its extension; undefined for what is not code of ours. */
export function languageOfPath(path: string): Language | undefined {
  return byExtension[extensionOf(path)];
}

/** The language of a script by its first line ("#!/usr/bin/env node"); undefined where that names no interpreter of ours. */
export function languageOfScript(text: string): Language | undefined {
  const [, interpreter] = /^#![^\n]*?\b(python|node|php)[\d.]*(?=[ \t\r\n]|$)/.exec(text) ?? [];
  if (interpreter === undefined) return undefined;
  return interpreter === 'node' ? 'javascript' : (interpreter as 'python' | 'php');
}

export function isUnsupportedCode(path: string): boolean {
  return unsupported.has(extensionOf(path));
}

export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

/** A changed code file with the weight it has in the choice of the language. */
interface WeighedPath {
  readonly path: string;
  readonly lines: number;
  /** Where the path does not say it. */
  readonly language?: Language | undefined;
}

/**
 * The language of most changed lines. `.h` says little: it follows the other files of the change, then those of the tree. Undefined where
 * nothing of `changed` is code in a language of ours.
 */
export function chooseLanguage(changed: readonly WeighedPath[], tree: readonly string[]): Language | undefined {
  const weights = new Map<Language, number>();
  for (const { path, lines, language = languageOfPath(path) } of changed) {
    if (language !== undefined) weights.set(language, (weights.get(language) ?? 0) + lines + 1);
  }
  const [best] = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (best === undefined) return undefined;
  return best[0] === 'c' && isCpp(changed, tree) ? 'cpp' : best[0];
}

function isCpp(changed: readonly WeighedPath[], tree: readonly string[]): boolean {
  const hasC = changed.some(({ path }) => extensionOf(path) === 'c');
  const hasCpp = changed.some(({ path }) => languageOfPath(path) === 'cpp');
  if (hasC || hasCpp) return hasCpp && !hasC;
  const count = (wanted: Language) =>
    tree.filter((path) => extensionOf(path) !== 'h' && languageOfPath(path) === wanted).length;
  return count('cpp') > count('c');
}
