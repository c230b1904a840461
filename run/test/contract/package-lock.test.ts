import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const packages: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(text).packages;

describe('package-lock.json', () => {
  it('names every platform build, without which npm ci refuses it (node scripts/complete-lock.ts adds them)', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    );

    expect(missing).toEqual([]);
  });

  it('holds no address of a registry', () => {
    expect(text).not.toContain('"resolved"');
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });
});
