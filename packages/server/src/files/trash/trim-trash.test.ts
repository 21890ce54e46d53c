import { expect, test } from 'vitest';

import { expiryOf, noticeSeconds, planTrashTrim, type TrashLimits, type TrashNotices } from './trim-trash.ts';

const day = 24 * 3600;
const now = 1_800_000_000;
const entries = [
  { id: 'old', deletedTime: now - 40 * day, bytes: 10 },
  { id: 'new', deletedTime: now - 2 * day, bytes: 70 },
  { id: 'middle', deletedTime: now - 20 * day, bytes: 30 },
];

const plan = (limits: TrashLimits, notices: TrashNotices = {}, at = now) =>
  planTrashTrim(entries, limits, { notices, now: at });

test('nothing goes without a limit', () => {
  expect(plan({})).toEqual({ due: [], notices: {}, announced: 0 });
});

test('what is too old is announced for a day and goes then', () => {
  const first = plan({ maxDays: 30 });
  expect(first).toEqual({ due: [], notices: { old: now }, announced: 1 });
  expect(plan({ maxDays: 30 }, first.notices, now + noticeSeconds - 1)).toMatchObject({
    due: [],
    announced: 0,
  });
  expect(plan({ maxDays: 30 }, first.notices, now + noticeSeconds)).toEqual({
    due: ['old'],
    notices: {},
    announced: 0,
  });
});

test('the oldest go beyond a size', () => {
  expect(plan({ maxBytes: 100 }, { old: now - day }).due).toEqual(['old']);
  expect(plan({ maxBytes: 99 }, { old: now - day, middle: now - day }).due).toEqual(['middle', 'old']);
});

test('what is within the limits again is announced anew the next time', () => {
  expect(plan({ maxDays: 50 }, { old: now - 9 * day }).notices).toEqual({});
});

test.each<[TrashLimits, TrashNotices, number | undefined]>([
  [{}, { old: now }, undefined],
  [{ maxDays: 30 }, {}, now + day],
  [{ maxDays: 30 }, { old: now - 3600 }, now - 3600 + day],
  [{ maxDays: 30 }, { old: now + 3600 }, now + day],
  // Raised since it was announced.
  [{ maxDays: 50 }, { old: now - 3600 }, now + 11 * day],
  [{ maxBytes: 1 }, {}, undefined],
  [{ maxBytes: 1 }, { old: now - 3600 }, now - 3600 + day],
  [{ maxDays: 50, maxBytes: 1 }, {}, now + 11 * day],
])('with %j and notices %j, what was deleted 40 days ago goes at %d', (limits, notices, expiry) => {
  expect(expiryOf({ id: 'old', deletedTime: now - 40 * day }, limits, { notices, now })).toBe(expiry);
});

test('a clock that jumps ahead deletes nothing at once, nor does one that was set back', () => {
  const ahead = plan({ maxDays: 30 }, {}, now + 400 * day);
  expect(ahead).toMatchObject({ due: [], announced: 3 });
  expect(plan({ maxDays: 30 }, ahead.notices)).toEqual({ due: [], notices: { old: now }, announced: 1 });
});
