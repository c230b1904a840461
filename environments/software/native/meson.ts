import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { join } from '../shared/paths.ts';
import { quoteAll, TAKE_REPORTS } from '../shared/shell.ts';
import { readAll } from './build-files.ts';
import { toRecipe } from './recipe.ts';
import { buildOrReport } from './scripts.ts';
import { chooseSuites } from './suites.ts';

const OPTION = /\boption\s*\(\s*'([\w-]*tests?)'\s*,\s*(?:type\s*:\s*)?'?(\w+)'?/gi;

export async function mesonRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const files = await readAll(project, folder, /^meson\.build$|^meson_options\.txt$|^meson\.options$/);
  const text = [...files.values()].join('\n');
  if (!/\btest\s*\(/.test(text)) return [];
  const options = [...text.matchAll(OPTION)].map(
    ([, name, type]) => `-D${name}=${type === 'feature' ? 'enabled' : 'true'}`,
  );
  return Promise.all(
    chooseSuites(project.committedAt, text).map((suite) =>
      toRecipe(project, {
        suite,
        folder,
        variant: 'meson',
        packages: ['meson', 'ninja-build', 'cmake'],
        toolchain: [],
        dependencies: [],
        build: [
          {
            name: 'configure',
            run: `meson setup /opt/build . --wrap-mode=nodownload -Dwerror=false ${quoteAll(options)}`,
          },
          { name: 'compile', run: 'ninja -C /opt/build -j2' },
        ],
        test: { files: SCRIPT, package: SCRIPT, all: SCRIPT },
        evidence: [
          `${join(folder, 'meson.build')}: meson`,
          ...(options.length > 0 ? [`options: ${options.join(' ')}`] : []),
        ],
        buildFiles: files,
      }),
    ),
  );
}

/** meson writes JUnit itself; programs whose single tests the launcher saw are left out of it. */
const SCRIPT = `${TAKE_REPORTS}${buildOrReport('ninja -C /opt/build -j2')}
results=$(mktemp -d)
code=0
ENVMINT_RESULTS=$results meson test -C /opt/build --no-rebuild --num-processes 1 --print-errorlogs --wrapper '/opt/envmint/bin/envmint-launch -' || code=$?
python3 -I /opt/envmint/lib/native_meson.py "$reports" "$results"
exit "$code"`;
