/** Text without pictures and bare addresses. */
export function withoutImages(text: string): string {
  return text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/<(?:img|video|source)\b[^>]*>/gi, '')
    .replace(/https?:\/\/\S+\.(?:png|jpe?g|gif|webp|svg|mp4|mov|webm)\S*/gi, '')
    .replace(/https?:\/\/(?:user-images\.githubusercontent\.com|github\.com\/user-attachments\/assets)\/\S+/gi, '');
}

/** Words, and each character of the scripts that are written without spaces. */
export function countWords(text: string): number {
  return (
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}_]+/gu)?.length ?? 0
  );
}

/** A shorter line is found by chance: "return null;". */
const tellingLength = 16;

/** The share (0..1) of the telling lines that `goldPatch` adds which stand in `statement` word for word; 0 where it adds fewer than two. */
export function solutionShare(statement: string, goldPatch: string): number {
  const lines = goldPatch
    .split('\n')
    .filter((line) => line.startsWith('+') && !line.startsWith('+++ '))
    .map((line) => squeeze(line.slice(1)))
    .filter((line) => line.length >= tellingLength);
  if (lines.length < 2) return 0;
  const text = new Set(statement.split('\n').map(squeeze));
  return lines.filter((line) => text.has(line)).length / lines.length;
}

function squeeze(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
