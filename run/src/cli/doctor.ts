/** One thing that a machine has or lacks. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'optional';
  /** What was found. */
  readonly found: string;
  /** The command, or the step, that brings what is missing. */
  readonly remedy?: string | undefined;
}

/** What the machine is asked; an answer is undefined where there is none. */
export interface Machine {
  readonly nodeVersion: string;
  sqliteVersion(): Promise<string | undefined>;
  /** The standard output of a program, undefined when it is not there or fails. */
  output(program: string, args: readonly string[]): Promise<string | undefined>;
  /** What `GET /_ping` at the Docker engine's socket says. */
  pingDocker(): Promise<string | undefined>;
  freeBytes(folder: string): Promise<number | undefined>;
  /** Why a file cannot be made in `folder`, undefined when it can. */
  whyNotWritable(folder: string): Promise<string | undefined>;
}

/** As package.json says under "engines". */
export const MIN_NODE = [24, 16] as const;

const gibibyte = 2 ** 30;

/** Everything that envmint needs or can use, looked for in the order of the report. */
export function examine(machine: Machine, out: string): Promise<Finding[]> {
  return Promise.all([
    findNode(machine),
    findSqlite(machine),
    findPython(machine),
    findFolder(machine, out),
    findSpace(machine, out),
    findGit(machine),
    findDocker(machine),
    findDebootstrap(machine),
  ]);
}

export function formatFindings(findings: readonly Finding[]): string {
  const marks = { ok: 'ok      ', missing: 'MISSING ', optional: 'optional' } as const;
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, state, found, remedy }) => [
    `${marks[state]}  ${name.padEnd(width)}  ${found}`,
    ...(remedy ? [`${' '.repeat(12 + width)}to get it: ${remedy}`] : []),
  ]);
  return `${lines.join('\n')}\n`;
}

async function findNode({ nodeVersion }: Machine): Promise<Finding> {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const isEnough = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  const found = `${nodeVersion}${isEnough ? '' : `, ${MIN_NODE.join('.')} or newer is needed`}`;
  return toFinding('Node.js', isEnough, { found, remedy: 'npm ci (Linux x64), or https://nodejs.org/en/download' });
}

async function findSqlite(machine: Machine): Promise<Finding> {
  const version = await machine.sqliteVersion();
  const found = version ?? 'this Node.js was built without node:sqlite';
  return toFinding('SQLite', version !== undefined, {
    found,
    remedy: 'npm ci (Linux x64), or https://nodejs.org/en/download',
  });
}

async function findPython(machine: Machine): Promise<Finding> {
  const version = (await machine.output('python3', ['--version']))?.match(/\d+\.(\d+)\.\d+/);
  if (!version)
    return toFinding('Python', false, { found: 'no python3 on the path', remedy: 'apt-get install python3' });
  const minor = Number(version[1]);
  const isFit = version[0].startsWith('3.') && minor >= 8;
  const found = `${version[0]}${isFit ? '' : ', 3.8 or newer is needed'}`;
  const beyond = isFit && minor > 13 ? ' (verifiers are tested with 3.8 to 3.13)' : '';
  return toFinding('Python', isFit, { found: found + beyond, remedy: 'apt-get install python3' });
}

async function findFolder(machine: Machine, out: string): Promise<Finding> {
  const reason = await machine.whyNotWritable(out);
  const found = reason === undefined ? `${out} is writable` : `${out}: ${reason}`;
  return toFinding('output folder', reason === undefined, {
    found,
    remedy: 'choose a folder that you may write to with --out',
  });
}

async function findSpace(machine: Machine, out: string): Promise<Finding> {
  const bytes = await machine.freeBytes(out);
  const found = bytes === undefined ? 'unknown' : `${(bytes / gibibyte).toFixed(1)} GiB free`;
  const isEnough = bytes === undefined || bytes >= gibibyte / 4;
  return toFinding('disk space', isEnough, {
    found,
    remedy: 'free at least 0.25 GiB, or choose another disk with --out',
  });
}

async function findGit(machine: Machine): Promise<Finding> {
  const version = await machine.output('git', ['--version']);
  return toOptional('git', version?.trim(), 'apt-get install git');
}

async function findDocker(machine: Machine): Promise<Finding> {
  const answer = await machine.pingDocker();
  const remedy = 'apt-get install docker.io iptables, then start dockerd as root; for software environments only';
  return toOptional('Docker engine', answer && `answers ${answer}`, remedy);
}

async function findDebootstrap(machine: Machine): Promise<Finding> {
  const version = await machine.output('debootstrap', ['--version']);
  const remedy = 'apt-get install debootstrap; for software environments out of reach of a registry of images only';
  return toOptional('debootstrap', version?.trim(), remedy);
}

function toFinding(name: string, isOk: boolean, { found, remedy }: { found: string; remedy: string }): Finding {
  return isOk ? { name, state: 'ok', found } : { name, state: 'missing', found, remedy };
}

function toOptional(name: string, found: string | undefined, remedy: string): Finding {
  return found ? { name, state: 'ok', found } : { name, state: 'optional', found: 'not found', remedy };
}
