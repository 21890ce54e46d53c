import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UpkeepSchedule } from './upkeep-schedule.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A schedule of tasks with so many slices each, which are logged as they run. */
function scheduled(slices: Record<string, number>) {
  const log: string[] = [];
  const failures: unknown[] = [];
  const state = { isBusy: false, failing: '' };
  const tasks = Object.keys(slices).map((name) => ({
    name,
    runSlice: () => {
      if (state.failing === name) throw new Error('full');
      const left = slices[name] ?? 0;
      if (left === 0) return false;
      log.push(name);
      slices[name] = left - 1;
      return left > 1;
    },
  }));
  const upkeep = new UpkeepSchedule({
    tasks,
    isBusy: () => state.isBusy,
    runSlice: (task) => task.runSlice(false),
    onFailure: (task, error) => failures.push([task.name, String(error)]),
  });
  return { upkeep, log, failures, state, slices };
}

it('runs one task after the other once nobody has called for a moment', () => {
  const { log } = scheduled({ merge: 2, trim: 1 });
  vi.advanceTimersByTime(499);
  expect(log).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(log).toEqual(['merge', 'merge', 'trim']);
});

it('waits longer and longer while others are busy, then runs a slice now and then', () => {
  const { log, state } = scheduled({ merge: 100 });
  state.isBusy = true;
  vi.advanceTimersByTime(3400);
  expect(log).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(log).toHaveLength(1);
  vi.advanceTimersByTime(4000);
  expect(log).toHaveLength(3);
  state.isBusy = false;
  vi.advanceTimersByTime(3000);
  expect(log).toHaveLength(100);
});

it('waits for a quiet moment after a call, and looks at everything again', () => {
  const { upkeep, log, slices } = scheduled({ merge: 1, trim: 1 });
  vi.advanceTimersByTime(1000);
  slices['merge'] = 1;
  vi.advanceTimersByTime(10_000);
  expect(log).toEqual(['merge', 'trim']);
  upkeep.wake();
  vi.advanceTimersByTime(400);
  upkeep.wake();
  vi.advanceTimersByTime(1000);
  expect(log).toEqual(['merge', 'trim']);
  vi.advanceTimersByTime(200);
  expect(log).toEqual(['merge', 'trim', 'merge']);
});

it('looks again after a while without any call', () => {
  const { log, slices } = scheduled({ trim: 0 });
  vi.advanceTimersByTime(1000);
  slices['trim'] = 1;
  vi.advanceTimersByTime(15 * 60_000);
  expect(log).toEqual(['trim']);
});

it('runs nothing while it is paused, nor after the end', () => {
  const { upkeep, log } = scheduled({ merge: 3 });
  const resume = [upkeep.pause(), upkeep.pause()];
  vi.advanceTimersByTime(60_000);
  resume[0]?.();
  vi.advanceTimersByTime(60_000);
  expect(log).toEqual([]);
  resume[1]?.();
  vi.advanceTimersByTime(501);
  expect(log).toEqual(['merge']);
  upkeep.close();
  upkeep.wake();
  upkeep.pause()();
  vi.advanceTimersByTime(3_600_000);
  expect(log).toEqual(['merge']);
});

it('leaves a task alone for ten minutes that failed, and runs the others', () => {
  const { upkeep, log, failures, state } = scheduled({ merge: 1, trim: 1 });
  state.failing = 'merge';
  vi.advanceTimersByTime(1000);
  expect([log, failures]).toEqual([['trim'], [['merge', 'Error: full']]]);
  state.failing = '';
  upkeep.wake();
  vi.advanceTimersByTime(5 * 60_000);
  expect(log).toEqual(['trim']);
  vi.advanceTimersByTime(5 * 60_000);
  upkeep.wake();
  vi.advanceTimersByTime(2000);
  expect(log).toEqual(['trim', 'merge']);
  expect(failures).toHaveLength(1);
});
