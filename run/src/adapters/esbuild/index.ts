import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

/** The text of the solver that every solution program carries: one declaration of `program`, without imports and comments. */
export async function bundleSolver(): Promise<string> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`../../engine/search/program.${extension}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'program',
    target: 'es2022',
    legalComments: 'none',
    charset: 'utf8',
  });
  // Its service is a process that would live as long as this one.
  await stop();
  const text = outputFiles?.[0]?.text ?? '';
  // Paths of source files stand in comments, and would make the bytes depend on the folder of the installation.
  return text.replace(/^ *\/\/ .*\n/gm, '');
}
