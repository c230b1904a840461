import { z } from 'zod';

/** The languages that the miner can tell source from tests in; C and C++ share headers, so `.h` counts as C unless C++ stands beside it. */
export const Language = z.enum(['python', 'java', 'javascript', 'typescript', 'c', 'cpp', 'go', 'php', 'rust']);
export type Language = z.infer<typeof Language>;
