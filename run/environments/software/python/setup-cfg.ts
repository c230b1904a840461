import { type Finding, toTestNames } from './finding.ts';
import { type Ini, linesOf, parseIni } from './ini.ts';
import { classifiersOf } from './pyproject.ts';
import { optional } from './table.ts';

/** What setup.cfg says. */
export function readSetupCfg(path: string, text: string): Finding {
  const ini = parseIni(text);
  const options = ini.get('options');
  const metadata = ini.get('metadata');
  return {
    path,
    isPackage: metadata?.has('name') === true,
    ...optional('projectName', metadata?.get('name')),
    ...optional('requiresPython', options?.get('python_requires')),
    pythons: classifiersOf(linesOf(metadata?.get('classifiers') ?? metadata?.get('classifier'))),
    extras: toTestNames([...(ini.get('options.extras_require')?.keys() ?? [])]),
    requirements: linesOf(options?.get('tests_require')).filter((line) => /^[A-Za-z0-9]/.test(line)),
    buildRequirements: linesOf(options?.get('setup_requires')),
    ...pytestOf(ini, ['tool:pytest', 'pytest']),
  };
}

/** What pytest.ini says. */
export function readPytestIni(path: string, text: string): Finding {
  return { path, ...pytestOf(parseIni(text), ['pytest']) };
}

export function pytestOf(ini: Ini, sections: readonly string[]): Pick<Finding, 'pytest'> {
  const section = sections.map((name) => ini.get(name)).find((found) => found !== undefined);
  return section === undefined ? {} : { pytest: Object.fromEntries(section) };
}
