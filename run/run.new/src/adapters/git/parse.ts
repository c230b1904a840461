import type { GitCommit, TreeEntry } from '../../ports/repository.ts';

/** The text of a commit object as a commit; header lines first, an empty line, then the message. */
export function parseCommit(sha: string, text: string): GitCommit {
  const end = text.indexOf('\n\n');
  const header = (end === -1 ? text : text.slice(0, end)).split('\n');
  const values = (name: string) =>
    header.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    sha,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    message: end === -1 ? '' : text.slice(end + 2),
    authoredAt: toTime(values('author')[0]),
    committedAt: toTime(values('committer')[0]),
  };
}

/** "Name <mail> 1700000000 +0100" → ISO 8601, UTC; 1970 where the line is damaged. */
function toTime(line: string | undefined): string {
  const seconds = Number(line?.match(/> (\d{1,11}) [+-]\d{4}$/)?.[1] ?? 0);
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** What `git ls-tree -z` prints: "mode type sha\tpath\0". */
export function parseTree(text: string): TreeEntry[] {
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const tab = entry.indexOf('\t');
      const [mode = '', , sha = ''] = entry.slice(0, tab).split(' ');
      return { path: entry.slice(tab + 1), mode, sha };
    });
}
