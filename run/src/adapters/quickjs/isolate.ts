import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import { BoundaryError } from '../../domain/boundary.ts';
import { defaultSolverLimits, type SolverIsolate, type SolverRun } from '../../ports/solver-isolate.ts';
import { type Assignment, type FinishedRun, isStackTrap, runOnce } from './run-once.ts';

const PAGE_BYTES = 65_536;
/** What QuickJS starts with: 16 MiB. */
const FIRST_PAGES = 256;

/** The type declarations of Node.js have no values of WebAssembly. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => ReturnType<QuickJSWASMModule['getWasmMemory']>;
};

export interface IsolateOptions {
  /** Memory of all that a run needs, at least 16 MiB. */
  readonly memoryBytes?: number;
}

/** Solutions in QuickJS, compiled to WebAssembly: one module at a time, a fresh runtime for each run. */
export function createSolverIsolate({ memoryBytes = 128 * 2 ** 20 }: IsolateOptions = {}): SolverIsolate {
  const reusableBytes = Math.max(FIRST_PAGES * PAGE_BYTES, memoryBytes / 2);
  let module: Promise<QuickJSWASMModule> | undefined;
  return {
    async run(source, toolbox, limits = {}): Promise<SolverRun> {
      module ??= loadModule(memoryBytes);
      const quickjs = await module;
      const end = tryRun(quickjs, { source, toolbox, limits: { ...defaultSolverLimits, ...limits } });
      // Memory of WebAssembly never shrinks, and after a trap or a failed allocation it cannot be trusted.
      if (!end.isClean || sizeOf(quickjs) > reusableBytes) module = undefined;
      const isFull = sizeOf(quickjs) + 2 ** 20 > memoryBytes;
      if (end.run?.kind === 'threw' && isFull) return { kind: 'limit', limit: 'memory', trace: end.run.trace };
      if (end.run) return end.run;
      if (isStackTrap(end.trap)) return { kind: 'limit', limit: 'stack', trace: [] };
      if (isFull) return { kind: 'limit', limit: 'memory', trace: [] };
      throw broken(end.trap);
    },
  };
}

type End = FinishedRun | { readonly run?: undefined; readonly isClean: false; readonly trap: unknown };

function tryRun(quickjs: QuickJSWASMModule, assignment: Assignment): End {
  try {
    return runOnce(quickjs, assignment);
  } catch (trap) {
    return { isClean: false, trap };
  }
}

/** The limit is the memory's own: the one of QuickJS does not see how large an allocation is when it is compiled by Emscripten. */
function loadModule(memoryBytes: number): Promise<QuickJSWASMModule> {
  const maximum = Math.max(FIRST_PAGES, Math.floor(memoryBytes / PAGE_BYTES));
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum });
  return newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC as QuickJSSyncVariant, { wasmMemory }));
}

function sizeOf(quickjs: QuickJSWASMModule): number {
  return quickjs.getWasmMemory().buffer.byteLength;
}

function broken(cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BoundaryError('isolate', `run a solution: the isolate broke: ${message}`, { cause });
}
