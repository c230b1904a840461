import { describe, expect, it } from 'vitest';
import { fakeCandidate } from '../../../test/fakes/candidate.ts';
import type { Candidate } from '../../domain/candidate.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import {
  createDistinctStage,
  createJudgeStage,
  createScreen,
  parseContamination,
  parseSettings,
  publishedBenchmarks,
} from './index.ts';

const { signal } = new AbortController();
const ref = { id: 'acme__widgets-12', repository: 'acme/widgets', number: 12, path: 'x.json', hash: 'h' };

function judge(candidate: Candidate | string) {
  const text = typeof candidate === 'string' ? candidate : JSON.stringify(candidate);
  const artifacts = { readFile: async () => new TextEncoder().encode(text) } as Partial<Artifacts> as Artifacts;
  return createJudgeStage({ artifacts, screen: createScreen(parseSettings([]), new Map()) });
}

describe('createJudgeStage', () => {
  it('keeps a candidate with what it takes to find its like', async () => {
    const outcome = await judge(fakeCandidate()).work(ref, signal);

    expect(outcome).toMatchObject({ kind: 'kept', output: { ...ref, mergedAt: '2024-01-12T00:00:00Z' } });
  });

  it('rejects by the first rule that is broken', async () => {
    expect(await judge(fakeCandidate({ problemStatement: 'Crash' })).work(ref, signal)).toEqual({
      kind: 'rejected',
      reason: 'text-too-short',
      detail: '1 words, at least 15',
    });
  });

  it('fails at the disk for an artifact that is damaged', async () => {
    for (const artifact of ['{', fakeCandidate({ files: [] })]) {
      await expect(judge(artifact).work(ref, signal)).rejects.toMatchObject({
        boundary: 'disk',
        message: expect.stringContaining('read the candidate acme__widgets-12 from x.json'),
      });
    }
  });
});

describe('createDistinctStage', () => {
  const judged = { ...ref, mergedAt: '2024-01-12T00:00:00Z', patchHash: '', textSignature: '' };

  it('keeps what repeats nothing and names what is repeated', async () => {
    const stage = createDistinctStage();

    expect(await stage.work({ judged, twin: null }, signal)).toEqual({ kind: 'kept', output: ref });
    expect(await stage.work({ judged, twin: { of: 'a__b-1', kind: 'text', similarity: 0.9 } }, signal)).toEqual({
      kind: 'rejected',
      reason: 'duplicate-text',
      detail: 'a__b-1, similarity 0.90',
    });
  });
});

describe('publishedBenchmarks', () => {
  it('is a list that can be read', () => {
    expect(parseContamination(publishedBenchmarks, 'built in').get('django/django')).toBe('swe-bench');
  });
});
