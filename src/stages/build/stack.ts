export * from '../../testbed/stack.ts';
