import { HeavyError, NoGraphqlError } from './failures.ts';

/** Asks GraphQL, and REST for what it cannot give: on pages of one, or because the server has none. */
export type Route = <T>(graphql: () => Promise<T>, rest: () => Promise<T>) => Promise<T>;

export function createRoute(say: (message: string) => void): Route {
  let isGraphqlMissing = false;
  return async (graphql, rest) => {
    if (isGraphqlMissing) return rest();
    try {
      return await graphql();
    } catch (error) {
      if (!(error instanceof HeavyError || error instanceof NoGraphqlError)) throw error;
      if (error instanceof NoGraphqlError && !isGraphqlMissing) {
        isGraphqlMissing = true;
        say('this server has no GraphQL API: asking by REST, which tells no closing references and no earlier texts');
      }
      return rest();
    }
  };
}
