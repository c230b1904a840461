const listMarker = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;

interface BlockState {
  /** The fence that the open code block began with. */
  fence: string | undefined;
  isInList: boolean;
  isAfterBlank: boolean;
  isInIndented: boolean;
}

/** Blanks out fenced and indented code and quoted lines. Lines keep their lengths. */
export function maskBlocks(text: string): string {
  const state: BlockState = { fence: undefined, isInList: false, isAfterBlank: true, isInIndented: false };
  return text
    .split('\n')
    .map((line) => (isHidden(line, state) ? ' '.repeat(line.length) : line))
    .join('\n');
}

function isHidden(line: string, state: BlockState): boolean {
  if (state.fence !== undefined) {
    if (closes(line, state.fence)) state.fence = undefined;
    return true;
  }
  const fence = /^\s{0,12}(?:[-*+]\s+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
  if (fence !== undefined) {
    state.fence = fence;
    return true;
  }
  return isQuote(line) || isIndentedCode(line, state);
}

function closes(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? '').repeat(trimmed.length);
}

function isQuote(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

/** What is indented below a list belongs to the list. */
function isIndentedCode(line: string, state: BlockState): boolean {
  if (line.trim() === '') {
    state.isAfterBlank = true;
    return false;
  }
  const isIndented = /^(?: {4}|\t)/.test(line);
  if (!isIndented)
    state.isInList = listMarker.test(line) || (state.isInList && (!state.isAfterBlank || /^ /.test(line)));
  state.isInIndented = isIndented && !state.isInList && (state.isAfterBlank || state.isInIndented);
  state.isAfterBlank = false;
  return state.isInIndented;
}
