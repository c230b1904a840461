// Puts what is no TypeScript (verifiers, data of packs, licences) beside the compiled files in dist/.
import { cpSync, statSync } from 'node:fs';

for (const folder of ['src', 'environments']) {
  cpSync(folder, `dist/${folder}`, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || !/(?<![.]d)[.]ts$/.test(path),
  });
}
