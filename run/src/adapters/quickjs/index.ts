export { createSolverIsolate } from './isolate.ts';
