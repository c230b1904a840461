import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeCrawl } from '../fakes/crawl.ts';
import { repositoryBody } from '../fakes/github-objects.ts';
import { restClosed, restComment, restCommit, restFile, restIssue, restPull } from '../fakes/github-rest.ts';

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document as it is published.
type Json = any;

// The package's entry loads every version of the description; one is enough.
const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.deref.json');
const description: Json = JSON.parse(readFileSync(file, 'utf8'));

function answerOf(path: string): Json {
  return description.paths[path]?.get?.responses[200]?.content['application/json']?.schema;
}

/** The places in `value` that the schema does not know, or that have another type there. */
function strangers(value: unknown, schema: Json, at = ''): string[] {
  if (schema === undefined) return [at];
  const choices: Json[] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [schema];
  const found = choices.map((choice) => strangersOf(value, choice, at)).sort((a, b) => a.length - b.length);
  return found[0] ?? [at];
}

function strangersOf(value: unknown, schema: Json, at: string): string[] {
  if (value === null) return schema.nullable ? [] : [`${at} is null`];
  if (Array.isArray(value))
    return value.flatMap((element, index) => strangers(element, schema.items, `${at}[${index}]`));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, member]) =>
      strangers(member, schema.properties?.[name], `${at}.${name}`),
    );
  }
  const type = schema.type === 'integer' ? 'number' : schema.type;
  return type === undefined || type === typeof value ? [] : [`${at} is ${typeof value}, ${schema.type} expected`];
}

it.each([
  ['/repos/{owner}/{repo}'],
  ['/repos/{owner}/{repo}/issues/{issue_number}'],
  ['/repos/{owner}/{repo}/issues/{issue_number}/timeline'],
  ['/repos/{owner}/{repo}/pulls'],
  ['/repos/{owner}/{repo}/compare/{basehead}'],
  ['/repos/{owner}/{repo}/commits/{ref}'],
  ['/repos/{owner}/{repo}/pulls/{pull_number}/commits'],
  ['/repos/{owner}/{repo}/pulls/{pull_number}/files'],
])('%s is a path of the published description', (path) => {
  expect(answerOf(path)).toBeDefined();
});

it('the REST objects of our fakes are as the published description says', async () => {
  const root = await mkdtemp(join(tmpdir(), 'envmint-openapi-'));
  const { repository, pulls, issues, comments } = await makeCrawl(root);
  await rm(root, { recursive: true });
  const issue = answerOf('/repos/{owner}/{repo}/issues/{issue_number}');

  expect(strangers(repository, answerOf('/repos/{owner}/{repo}'))).toEqual([]);
  expect(strangers(repositoryBody(), answerOf('/repos/{owner}/{repo}'))).toEqual([]);
  expect(strangers(pulls, { items: answerOf('/repos/{owner}/{repo}/pulls/{pull_number}') })).toEqual([]);
  expect(strangers(issues, { items: issue })).toEqual([]);
  expect(strangers(restPull(7), answerOf('/repos/{owner}/{repo}/pulls/{pull_number}'))).toEqual([]);
  expect(strangers(restIssue(1), issue)).toEqual([]);
  expect(strangers([restCommit('1')], answerOf('/repos/{owner}/{repo}/pulls/{pull_number}/commits'))).toEqual([]);
  expect(strangers([restFile('a')], answerOf('/repos/{owner}/{repo}/pulls/{pull_number}/files'))).toEqual([]);
  const timeline = answerOf('/repos/{owner}/{repo}/issues/{issue_number}/timeline');
  expect(strangers([restComment(1), restClosed('3')], timeline)).toEqual([]);
  const merged = { merge_base_commit: restCommit('5') };
  expect(strangers(merged, answerOf('/repos/{owner}/{repo}/compare/{basehead}'))).toEqual([]);
  expect(strangers(comments, answerOf('/repos/{owner}/{repo}/issues/{issue_number}/comments'))).toEqual([]);
});

it('finds what is not in the description', () => {
  const body = repositoryBody({ stars: 3, size: '3' });

  expect(strangers(body, answerOf('/repos/{owner}/{repo}'))).toEqual(['.size is string, integer expected', '.stars']);
});
