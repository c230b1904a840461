import { describe, expect, it } from 'vitest';
import { mint } from '../../../test/arena/mint.ts';
import { bundleSolver } from '../../adapters/esbuild/index.ts';
import { createSolverIsolate } from '../../adapters/quickjs/index.ts';
import { createWorldStore } from '../../adapters/sqlite/index.ts';
import { readBrief } from '../../engine/search/solution.ts';
import type { SolverIsolate } from '../../ports/solver-isolate.ts';
import { createKnownSolver } from './known-solver.ts';

const program = await bundleSolver();
const { candidates } = await mint([1, 4]);

/** An isolate that nothing may reach. */
const closed: SolverIsolate = { run: () => Promise.reject(new Error('the isolate was asked')) };

describe('a known solver', () => {
  it.each(candidates.map((one) => [one.task.id, one] as const))('does on %s what the isolate does', async (_, made) => {
    using world = createWorldStore().open(made.world);
    const tools = made.environment.tools.filter((tool) => made.task.tools.includes(tool.name));

    const known = await createKnownSolver(program, closed).run(made.solution, world.createToolbox(tools));

    const isolated = await createSolverIsolate().run(made.solution, world.createToolbox(tools));
    expect(known.kind).toBe('submitted');
    expect({ ...known, trace: undefined }).toEqual({ ...isolated, trace: undefined });
    expect(known.trace).toEqual(isolated.trace.filter((call) => call.tool !== 'submit_result'));
  });

  it('says so where there is no answer', async () => {
    const [made] = candidates;
    using world = createWorldStore().open(made?.world as Uint8Array);
    const hopeless = made?.solution.replace(/"nodeLimit": \d+/, '"nodeLimit": 0') as string;

    const run = await createKnownSolver(program, closed).run(
      hopeless,
      world.createToolbox(made?.environment.tools ?? []),
    );

    expect(run).toMatchObject({ kind: 'threw', message: 'Error: no answer found within the node limit' });
  });

  it('leaves a solution with one other letter to the isolate', async () => {
    const [made] = candidates;
    using world = createWorldStore().open(made?.world as Uint8Array);
    const broken = made?.solution.replace('"seed": ', '"seed": ,') as string;
    const edits = [
      broken,
      `${made?.solution} `,
      `${made?.solution}`.replace('export function', 'export  function'),
      '',
    ];

    for (const edited of edits) {
      expect(readBrief(edited, program)).toBeNull();
      await expect(createKnownSolver(program, closed).run(edited, world.createToolbox([]))).rejects.toThrow(
        'was asked',
      );
    }
  });
});
