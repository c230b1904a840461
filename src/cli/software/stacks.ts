import { stack as python } from '../../../environments/software/python/index.ts';
import type { Stack } from '../../testbed/stack.ts';

/** Every stack, in the order in which they are asked about a project. */
export const stacks: readonly Stack[] = [python];
