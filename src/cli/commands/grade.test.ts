import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { envmint } from '../../../test/fakes/cli.ts';

describe('envmint grade', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-grade-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('says at once that predictions are for a run that is not there', async () => {
    const predictions = join(root, 'predictions.jsonl');
    writeFileSync(predictions, '{"instance_id":"a__b-1","model_patch":""}\n');

    await expect(envmint(['grade', join(root, 'runs/gone'), '--predictions', predictions])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/runs\/gone: it is no run of validate/),
    });
  });
});
