import { serveStages } from '../adapters/fork/index.ts';
import { createWorkerStages } from './worker-stages.ts';

serveStages(createWorkerStages);
