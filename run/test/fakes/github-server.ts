import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, execute, type GraphQLSchema, parse, validate } from 'graphql';

/** One exchange that is expected next. An answer to a query is worked out by the published schema, so it has GitHub's shape or the test fails. */
export type Exchange = {
  /** Name of the GraphQL operation, or the path of a GET below the API's address. */
  readonly ask: string;
  /** Variables or request headers that the request must have. */
  readonly having?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
} & (
  | { readonly data: unknown; readonly errors?: readonly object[] }
  | { readonly body: unknown }
  /** The text as it is, or cut off there. */
  | { readonly text: string }
  | { readonly hangUp: true }
);

export interface GithubServer extends AsyncDisposable {
  /** The address for `--github-url`. */
  readonly site: string;
  /** Throws where a request came that was not expected, or an answer was not asked for. */
  check(): void;
}

/** A GitHub that expects these exchanges in this order, and nothing else. */
export async function startGithubServer(exchanges: readonly Exchange[]): Promise<GithubServer> {
  const left = [...exchanges];
  const complaints: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response, { next: () => left.shift(), complain: (text) => complaints.push(text) }).catch(
      (error) => {
        complaints.push(String(error));
        response.writeHead(418).end();
      },
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    site: `http://127.0.0.1:${port}`,
    check() {
      const unused = left.map(({ ask }) => `never asked: ${ask}`);
      if (complaints.length + unused.length > 0) throw new Error([...complaints, ...unused].join('\n'));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Script {
  next(): Exchange | undefined;
  complain(text: string): void;
}

async function answer(request: IncomingMessage, response: ServerResponse, script: Script): Promise<void> {
  const body = await readBody(request);
  const asked = request.method === 'POST' ? operationOf(body.query) : String(request.url).replace('/api/v3', '');
  const exchange = script.next();
  if (exchange?.ask !== asked) {
    script.complain(`asked ${asked} where ${exchange?.ask ?? 'nothing'} was expected`);
    response.writeHead(418).end();
    return;
  }
  for (const [name, value] of Object.entries(exchange.having ?? {})) {
    const given = request.method === 'POST' ? body.variables?.[name] : request.headers[name];
    if (given !== value) script.complain(`${asked} with ${name} ${given}, ${value} expected`);
  }
  if ('hangUp' in exchange) {
    request.socket.destroy();
    return;
  }
  const headers = { 'content-type': 'application/json; charset=utf-8', ...exchange.headers };
  response.writeHead(exchange.status ?? 200, headers);
  response.end('text' in exchange ? exchange.text : JSON.stringify(await bodyOf(exchange, body, script)));
}

async function bodyOf(exchange: Exchange, { query, variables }: Asked, script: Script): Promise<unknown> {
  if (!('data' in exchange)) return 'body' in exchange ? exchange.body : undefined;
  if (exchange.data === null || exchange.errors) return { data: exchange.data, errors: exchange.errors };
  const worked = await workOut(query, variables, exchange.data);
  for (const error of worked.errors ?? [])
    script.complain(`the answer to ${exchange.ask} has not GitHub's shape: ${error}`);
  return worked;
}

let schema: GraphQLSchema | undefined;

/** Works a query on `data` as GitHub would: by its published schema. */
export async function workOut(query: string, variables: Asked['variables'], data: unknown) {
  schema ??= buildSchema(published.idl, { assumeValid: true });
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors };
  return execute({ schema, document, rootValue: data, variableValues: variables ?? {} });
}

export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

async function readBody(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? { query: '' } : JSON.parse(text);
}

function operationOf(query: string): string {
  return query.match(/query (\w+)/)?.[1] ?? 'a nameless query';
}

const page = { pageInfo: { hasNextPage: false, endCursor: null } };

/** A connection with all of its nodes. */
export function connection(nodes: readonly unknown[], over: object = {}): object {
  return { ...page, totalCount: nodes.length, nodes, ...over };
}
