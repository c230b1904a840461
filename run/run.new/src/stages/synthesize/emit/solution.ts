import type { Brief } from '../../../engine/search/program.ts';

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
