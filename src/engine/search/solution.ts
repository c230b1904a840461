import type { Brief } from './program.ts';

/**
 * The text of a solution: an ES module that exports `solve(tools)`. `program` is the bundled solver (an expression statement that
 * declares `program`); `brief` holds nothing but what the prompt says and which tool tells what.
 */
export function renderSolution(taskId: string, program: string, brief: Brief): string {
  return `// Reference solution of ${taskId}: gathers what the rules speak of through tools, searches, submits.
// It holds the rules of the prompt and no row of the world.
const brief = ${JSON.stringify(brief, null, 1)};

export function solve(tools) {
  program.solveWith(tools, brief);
}

// The solver: finite domains, propagation, backtracking with restarts.
${program}`;
}

/** The brief of a text that is, to the letter, what `renderSolution` writes with this program; null for every other. */
export function readBrief(solution: string, program: string): Brief | null {
  const [, taskId] = /^\/\/ Reference solution of (\S+):/.exec(solution) ?? [];
  const [, json] = /^const brief = (\{\n.*?^\});$/ms.exec(solution) ?? [];
  if (taskId === undefined || json === undefined) return null;
  const brief = parseBrief(json);
  return brief && renderSolution(taskId, program, brief) === solution ? brief : null;
}

function parseBrief(json: string): Brief | null {
  try {
    return JSON.parse(json) as Brief;
  } catch {
    return null;
  }
}
