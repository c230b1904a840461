import { z } from 'zod';

/** One page of a GraphQL connection. */
export const ConnectionPage = z.object({
  totalCount: z.number().optional(),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z
    .array(z.unknown())
    .nullable()
    .transform((nodes) => nodes ?? []),
});
export type ConnectionPage = z.infer<typeof ConnectionPage>;

/** `first` with the nodes of all pages after it. */
export async function restOf(
  first: ConnectionPage,
  next: (after: string) => Promise<ConnectionPage>,
): Promise<ConnectionPage> {
  const nodes = [...first.nodes];
  let last = first;
  while (last.pageInfo.hasNextPage && last.pageInfo.endCursor !== null) {
    last = await next(last.pageInfo.endCursor);
    nodes.push(...last.nodes);
  }
  return { ...first, nodes };
}
