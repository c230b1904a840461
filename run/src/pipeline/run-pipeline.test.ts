import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFakeClock } from '../../test/fakes/clock.ts';
import { createMemoryLedger } from '../../test/fakes/memory-ledger.ts';
import { createNumberStage, kept } from '../../test/fakes/stages.ts';
import { BoundaryError } from '../domain/boundary.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { RunEvent } from '../ports/events.ts';
import { createEvents } from './events.ts';
import { type Chain, startWith } from './flow.ts';
import { type PipelineNeeds, runPipeline } from './run-pipeline.ts';

function createNeeds(over: Partial<PipelineNeeds> = {}) {
  const events: RunEvent[] = [];
  const clock = createFakeClock();
  const needs: PipelineNeeds = {
    ledger: createMemoryLedger(),
    clock,
    events: createEvents((event) => events.push(event)),
    retry: { attempts: 3, delayMs: 100 },
    concurrency: 4,
    retryFailed: false,
    ...over,
  };
  return { needs, events, clock };
}

const never = new AbortController().signal;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const run = (flow: Chain<number>, inputs: Iterable<number>, needs: PipelineNeeds) =>
  runPipeline({ flow, inputs }, needs, never);
/** Lets everything that waits for nothing but its turn go on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('runPipeline', () => {
  it('works each key once, however often it comes, and never more than allowed at the same time', async () => {
    const property = async (inputs: number[], concurrency: number) => {
      const { needs } = createNeeds({ concurrency });
      let running = 0;
      let most = 0;
      const stage = createNumberStage('count', async (input) => {
        most = Math.max(most, ++running);
        await turn();
        running--;
        return kept(input);
      });

      const summary = await run(startWith(stage), inputs, needs);

      expect([...stage.worked].sort()).toEqual([...new Set(inputs)].sort());
      expect(most).toBeLessThanOrEqual(concurrency);
      expect(summary.stages[0]?.kept).toBe(new Set(inputs).size);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30), { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), property),
      { numRuns: 40 },
    );
  });

  it('hands each kept output on, and counts what became of everything', async () => {
    const { needs, events } = createNeeds({ total: 4 });
    const split = createNumberStage<{ parts: number[] }>('split', (input) =>
      input === 3 ? { kind: 'rejected', reason: 'odd-one-out' } : kept({ parts: [input * 10, input * 10 + 1] }),
    );
    const judge = createNumberStage('judge', (input) =>
      input === 20 ? { kind: 'failed', boundary: 'python', message: 'no python', retryable: false } : kept(input),
    );

    const summary = await run(
      startWith(split).into(judge, ({ parts }) => parts),
      upTo(4),
      needs,
    );

    expect(summary).toEqual({
      v: 1,
      state: 'done',
      stages: [
        { stage: 'split', version: '1', inputs: 4, kept: 3, rejected: { 'odd-one-out': 1 }, failed: {} },
        { stage: 'judge', version: '1', inputs: 6, kept: 5, rejected: {}, failed: { python: 1 } },
      ],
    });
    expect(events.slice(0, 2).map((event) => event.type === 'stage-started' && [event.stage, event.total])).toEqual([
      ['split', 4],
      ['judge', undefined],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'summary', replayed: 0, summary });
    expect(events.filter((event) => event.type === 'item')).toHaveLength(10);
  });

  it('pulls inputs only as there is room for them', async () => {
    const { needs } = createNeeds({ concurrency: 2 });
    let pulled = 0;
    let done = 0;
    let most = 0;
    const stage = createNumberStage('slow', async (input) => {
      await turn();
      done++;
      return kept(input);
    });
    function* source() {
      for (; pulled < 50; pulled++) {
        most = Math.max(most, pulled - done);
        yield pulled;
      }
    }

    await run(startWith(stage), source(), needs);

    expect(done).toBe(50);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('gives a resumed run the summary and the outputs of an uninterrupted one, wherever it was stopped', async () => {
    const flowOf = (onWork: () => void) => {
      const outputs: number[] = [];
      const outcome = (input: number): Outcome<number> =>
        input % 3 === 0 ? { kind: 'rejected', reason: `mod-${input % 2}` } : kept(input);
      const first = createNumberStage('first', async (input) => {
        onWork();
        await turn();
        return outcome(input);
      });
      const second = createNumberStage('second', async (input) => {
        onWork();
        await turn();
        outputs.push(input);
        return outcome(input);
      });
      return { flow: startWith(first).into(second, (n) => [n * 2, n * 2 + 1]), first, second, outputs };
    };
    const property = async (count: number, stopAfter: number, concurrency: number) => {
      const whole = await run(flowOf(() => {}).flow, upTo(count), createNeeds().needs);
      const ledger = createMemoryLedger();
      const stop = new AbortController();
      let works = 0;
      const interrupted = flowOf(() => {
        if (++works === stopAfter) stop.abort();
      });
      const cut = await runPipeline(
        { flow: interrupted.flow, inputs: upTo(count) },
        createNeeds({ ledger, concurrency }).needs,
        stop.signal,
      );
      const resumed = flowOf(() => {});
      const summary = await run(
        resumed.flow,
        upTo(count),
        createNeeds({ ledger: createMemoryLedger(ledger.text()) }).needs,
      );

      expect(cut.state).toBe(stop.signal.aborted ? 'interrupted' : 'done');
      expect(summary).toEqual(whole);
      expect(new Set([...interrupted.outputs, ...resumed.outputs]).size).toBe(whole.stages[1]?.inputs);
    };
    const counts = [fc.nat(20), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 4 })] as const;
    await fc.assert(fc.asyncProperty(...counts, property), { numRuns: 40 });
  });

  it('works nothing again that the ledger holds, and says that it did not', async () => {
    const ledger = createMemoryLedger();
    await run(startWith(createNumberStage('a', kept<number>)), upTo(5), createNeeds({ ledger }).needs);
    const again = createNumberStage('a', kept<number>);
    const { needs, events } = createNeeds({ ledger });

    const summary = await run(startWith(again), upTo(6), needs);

    expect(again.worked).toEqual([5]);
    expect(summary.stages[0]?.kept).toBe(6);
    expect(events.at(-1)).toMatchObject({ type: 'summary', replayed: 5 });
  });

  it('collects what the last stage gave, in this run or in an earlier one', async () => {
    const ledger = createMemoryLedger();
    const first = () => startWith(createNumberStage('a', kept<number>));
    await run(first(), upTo(3), createNeeds({ ledger }).needs);
    const collected: number[] = [];
    const flow = first()
      .into(createNumberStage('b', kept<number>), (n) => [n * 10])
      .collect(collected);

    const summary = await run(flow, upTo(4), createNeeds({ ledger }).needs);

    expect(collected.toSorted((a, b) => a - b)).toEqual([0, 10, 20, 30]);
    expect(summary.stages.map(({ stage }) => stage)).toEqual(['a', 'b']);
  });

  it('owes again what another version of the stage made, and what no longer has the shape of an output', async () => {
    const ledger = createMemoryLedger();
    await run(startWith(createNumberStage('a', () => kept('text'))), upTo(2), createNeeds({ ledger }).needs);
    const newer = { ...createNumberStage('a', kept<number>), version: '2' };
    const stricter = { ...createNumberStage('a', kept<number>), version: '2', output: z.number().min(1) };

    await run(startWith(newer), upTo(2), createNeeds({ ledger }).needs);
    await run(startWith(stricter), upTo(2), createNeeds({ ledger }).needs);

    expect(newer.worked).toEqual([0, 1]);
    expect(stricter.worked).toEqual([0]);
  });

  it('tries what is retryable again, with growing pauses and an end', async () => {
    const { needs, clock, events } = createNeeds();
    const stage = createNumberStage('flaky', () => {
      throw new BoundaryError('model', 'too busy', { retryable: true });
    });

    const summary = await run(startWith(stage), [7], needs);

    expect(stage.worked).toEqual([7, 7, 7]);
    expect(clock.slept).toEqual([100, 200]);
    expect(summary.stages[0]?.failed).toEqual({ model: 1 });
    expect(events.filter((event) => event.type === 'retry')).toHaveLength(2);
    expect(await needs.ledger.find('flaky', 'key-7')).toMatchObject({ attempts: 3, item: 'number 7' });
  });

  it('leaves failures of an earlier run alone, unless it is asked to retry them', async () => {
    const ledger = createMemoryLedger();
    const fail = createNumberStage('a', () => ({
      kind: 'failed' as const,
      boundary: 'worker' as const,
      message: 'died',
      retryable: false,
    }));
    await run(startWith(fail), [1], createNeeds({ ledger }).needs);
    const work = createNumberStage('a', kept<number>);

    const left = await run(startWith(work), [1], createNeeds({ ledger }).needs);
    const retried = await run(startWith(work), [1], createNeeds({ ledger, retryFailed: true }).needs);

    expect(left.stages[0]?.failed).toEqual({ worker: 1 });
    expect(retried.stages[0]).toMatchObject({ kept: 1, failed: {} });
  });

  it('ends with a bug after what is running has ended, and keeps what was done', async () => {
    const { needs, events } = createNeeds({ concurrency: 2 });
    let ended = 0;
    const stage = createNumberStage('buggy', async (input) => {
      if (input === 1) throw new TypeError('x is not a function');
      await turn();
      ended++;
      return kept(input);
    });

    await expect(run(startWith(stage), upTo(50), needs)).rejects.toThrow('x is not a function');

    expect(stage.worked.length).toBeLessThan(10);
    expect(ended).toBe(stage.worked.length - 1);
    expect(await needs.ledger.find('buggy', 'key-1')).toBeUndefined();
    expect(await needs.ledger.find('buggy', 'key-0')).toBeDefined();
    expect(events.at(-1)).toMatchObject({ type: 'summary', summary: { state: 'broken' } });
  });

  it('ends with an error of the source or of a key', async () => {
    const badKey = {
      ...createNumberStage('a', kept<number>),
      key: () => {
        throw new RangeError('no key');
      },
    };
    function* badSource() {
      yield 1;
      throw new RangeError('no more');
    }

    await expect(run(startWith(badKey), [1], createNeeds().needs)).rejects.toThrow('no key');
    await expect(
      run(startWith(createNumberStage('a', kept<number>)), badSource(), createNeeds().needs),
    ).rejects.toThrow('no more');
  });

  it.each([
    ['the ledger', true],
    ['an item', false],
  ])('stops at a full disk that %s meets, and owes the item', async (_, isLedger) => {
    const ledger = createMemoryLedger();
    if (isLedger) ledger.fillDisk();
    const stage = createNumberStage('a', () => {
      if (!isLedger) throw new BoundaryError('disk', 'write: the disk is full');
      return kept(1);
    });

    await expect(run(startWith(stage), upTo(50), createNeeds({ ledger }).needs)).rejects.toThrow('the disk is full');

    expect(ledger.size).toBe(0);
    expect(stage.worked.length).toBeLessThan(15);
  });

  it('does not record the failure that an abort brings about', async () => {
    const stop = new AbortController();
    const { needs } = createNeeds();
    const stage = createNumberStage('a', async (_, signal) => {
      stop.abort();
      await turn();
      signal.throwIfAborted();
      return kept(1);
    });
    const echo = createNumberStage('b', () => {
      stop.abort();
      throw new BoundaryError('worker', 'killed');
    });

    expect((await runPipeline({ flow: startWith(stage), inputs: [1] }, needs, stop.signal)).state).toBe('interrupted');
    expect((await runPipeline({ flow: startWith(echo), inputs: [1] }, needs, stop.signal)).state).toBe('interrupted');
    expect(needs.ledger.size).toBe(0);
  });
});

describe('startWith', () => {
  it('refuses two stages of one name, whose lines nobody could tell apart', () => {
    const stage = createNumberStage('a', kept<number>);

    expect(() => startWith(stage).into(stage, (n) => [n])).toThrow('one stage a');
  });
});
