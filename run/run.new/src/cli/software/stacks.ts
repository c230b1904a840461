import { stack as go } from '../../../environments/software/go/index.ts';
import { stack as java } from '../../../environments/software/java/index.ts';
import { stack as native } from '../../../environments/software/native/index.ts';
import { stack as node } from '../../../environments/software/node/index.ts';
import { stack as php } from '../../../environments/software/php/index.ts';
import { stack as python } from '../../../environments/software/python/index.ts';
import type { Stack } from '../../testbed/stack.ts';

/** Every stack, in the order in which they are asked about a project. */
export const stacks: readonly Stack[] = [python, node, java, native, go, php];
