export { createForkPool } from './pool.ts';
export { type StageRegistry, serveStages } from './serve.ts';
