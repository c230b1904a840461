/** What one file of the project says about its environment. Everything is optional: files say different things. */
export interface Finding {
  readonly path: string;
  /** A PEP 440 specifier: ">=3.8,<4". */
  readonly requiresPython?: string;
  /** Versions that the project is tested on, or says that it supports: "3.9". */
  readonly pythons?: readonly string[];
  /** Extras that tests need. */
  readonly extras?: readonly string[];
  /** PEP 508 requirements of tests, or of the project where its metadata does not say them. */
  readonly requirements?: readonly string[];
  /** "name==version" out of a lock file. */
  readonly pins?: readonly string[];
  /** What has to be there to build the project. */
  readonly buildRequirements?: readonly string[];
  readonly backend?: string;
  /** Whether the file itself makes the project installable. */
  readonly isPackage?: boolean;
  /** The options that pytest takes out of this file, as text by key. */
  readonly pytest?: Readonly<Record<string, string>>;
  readonly projectName?: string;
}

const TEST_NAMES =
  /^(?:(?:unit[-_]?)?tests?|testing|unittests?|pytest|tests?[-_](?:requires?|deps|dependencies|requirements|extras?|tools|core|base|unit)|(?:requires?|requirements|dependencies|deps)[-_]tests?)$/i;
const DEV_NAMES = /^(?:dev|develop|development|devel|ci|dev[-_](?:requires?|deps|dependencies|requirements))$/i;

/** Of names of extras, groups or environments those that tests are about; where there are none, those that developers use. */
export function toTestNames(names: readonly string[]): readonly string[] {
  const tests = names.filter((name) => TEST_NAMES.test(name));
  return tests.length > 0 ? tests : names.filter((name) => DEV_NAMES.test(name));
}

/** Requirements of an installation command's words or of a line of a requirements file; extras of the project itself apart. */
export function parseRequirement(line: string): { readonly extras: readonly string[]; readonly requirement?: string } {
  const text = line
    .replace(/(?:^|\s)#.*$/, '')
    .replace(/\s+--hash=\S+/g, '')
    .replace(/\\$/, '')
    .trim();
  const own = /^(?:-e\s*|--editable[\s=])?(?:\.|file:\.|\.\/|\{toxinidir\}\/?)(?:\[([^\]]*)\])?$/.exec(text);
  if (own !== null) return { extras: splitList(own[1] ?? '') };
  // Options, other folders and archives cannot be had as of a date.
  if (text === '' || /^[-./{]/.test(text) || /:\/\/|\{|^\S+\.(?:whl|zip|tar\.gz)$/.test(text)) return { extras: [] };
  return /^[A-Za-z0-9]/.test(text) ? { extras: [], requirement: text } : { extras: [] };
}

export function splitList(text: string): readonly string[] {
  return text
    .split(/[,\s]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The name of a requirement, normalised by PEP 503. */
export function requirementName(requirement: string): string {
  return (/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement).toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** Of two exact versions of a package the later one: nothing has both, and files of requirements are kept better than what setup.py says of tests. */
export function onePinEach(requirements: readonly string[]): readonly string[] {
  const isExact = (item: string) => /^[\w.-]+(?:\[[^\]]*\])?\s*==[^;,]+$/.test(item);
  const last = new Map(requirements.filter(isExact).map((item) => [requirementName(item), item]));
  return requirements.filter((item) => !isExact(item) || last.get(requirementName(item)) === item);
}
