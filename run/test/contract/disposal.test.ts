import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

describe('what is disposed at the end of a block', () => {
  it('is found where a promise that may still need it leaves the block', () => {
    const text = [
      'async function read() {',
      '  await using folder = await open();',
      '  if (folder) return await load(folder);',
      '  return load(folder);',
      '}',
      'const other = async () => { return load(); };',
    ].join('\n');

    expect(findEarlyReturns(ts.createSourceFile('read.ts', text, ts.ScriptTarget.Latest, true), () => true)).toEqual([
      'read.ts:4 return load(folder);',
    ]);
  });

  it('is still there when the promise of the result settles', () => {
    const paths = globSync('{src,environments,test}/**/*.ts', { cwd: root })
      .map((path) => join(root, path))
      .filter((path) => readFileSync(path, 'utf8').includes('await using'));
    const program = ts.createProgram(paths, { ...baseOptions(), noEmit: true });
    const checker = program.getTypeChecker();
    const isPromise = (expression: ts.Expression) =>
      checker.getTypeAtLocation(expression).getProperty('then') !== undefined;

    const found = paths.flatMap((path) => {
      const source = program.getSourceFile(path);
      return source ? findEarlyReturns(source, isPromise).map((place) => place.replace(`${root}/`, '')) : [];
    });

    expect(found, 'write `return await`: else the owner is gone before the work is done').toEqual([]);
  });
});

function baseOptions(): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json');
  return ts.parseJsonConfigFileContent(ts.readConfigFile(path, ts.sys.readFile).config, ts.sys, root).options;
}

/** Places where a block with `await using` gives away a promise that it does not wait for. */
function findEarlyReturns(source: ts.SourceFile, isPromise: (expression: ts.Expression) => boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node) && node.statements.some(isOwner)) node.statements.forEach(visitOwned);
    ts.forEachChild(node, visit);
  };
  const visitOwned = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    const isEarly = ts.isReturnStatement(node) && node.expression && !ts.isAwaitExpression(node.expression);
    if (isEarly && node.expression && isPromise(node.expression)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${source.fileName}:${line + 1} ${node.getText(source)}`);
    }
    ts.forEachChild(node, visitOwned);
  };
  visit(source);
  return found;
}

function isOwner(node: ts.Statement): boolean {
  return (
    ts.isVariableStatement(node) && (node.declarationList.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing
  );
}
