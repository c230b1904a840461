import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The token for the GitHub at `site`: from the environment, or from the file where `gh` keeps those it was given in plain text. */
export async function findToken(site: string, env: Environment): Promise<string | undefined> {
  const { host } = new URL(site);
  const isOwn = host === 'github.com' || host.endsWith('.ghe.com');
  const names = isOwn
    ? ['GITHUB_TOKEN', 'GH_TOKEN']
    : ['GITHUB_ENTERPRISE_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'];
  const [given] = names.map((name) => env[name]?.trim()).filter(Boolean);
  return given ?? (await tokenOfHostsFile(host, env));
}

async function tokenOfHostsFile(host: string, env: Environment): Promise<string | undefined> {
  const folder = env.GH_CONFIG_DIR ?? (env.HOME && join(env.HOME, '.config', 'gh'));
  if (!folder) return undefined;
  const text = await readFile(join(folder, 'hosts.yml'), 'utf8').catch(() => '');
  return parseHosts(text, host);
}

/** `host:` in the first column, `oauth_token: …` indented below it: that much of YAML is in use there. */
export function parseHosts(text: string, host: string): string | undefined {
  let current = '';
  for (const line of text.split(/\r?\n/)) {
    current = line.match(/^["']?([^\s"':]+(?::\d+)?)["']?:\s*$/)?.[1] ?? current;
    const token = line.match(/^\s+oauth_token:\s*["']?([^\s"']+)["']?\s*$/)?.[1];
    if (token && current === host) return token;
  }
  return undefined;
}
