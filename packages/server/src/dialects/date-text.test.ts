import { expect, test } from 'vitest';

import { dateTextIn } from './date-text.ts';

test.each([
  ['UTC', 1_704_067_200, '2024-01-01 00:00:00'],
  ['UTC', 1_704_067_199.999, '2023-12-31 23:59:59'],
  ['Asia/Shanghai', 1_704_067_200, '2024-01-01 08:00:00'],
  ['America/St_Johns', 1_720_000_000, '2024-07-03 07:16:40'],
  ['Europe/Berlin', 1_729_990_799, '2024-10-27 02:59:59'],
  ['Europe/Berlin', 1_729_990_800, '2024-10-27 02:00:00'],
  ['UTC', 0, '1970-01-01 00:00:00'],
])('in %s, %d is %s', (timeZone, seconds, text) => {
  expect(dateTextIn(timeZone)(seconds)).toBe(text);
});

test('without a name it is the time zone of this machine', () => {
  const date = new Date(2024, 1, 29, 13, 4, 5);
  expect(dateTextIn(undefined)(date.getTime() / 1000)).toBe('2024-02-29 13:04:05');
});

test('a date that no calendar reaches is the last one that does', () => {
  expect(dateTextIn('UTC')(Number.MAX_VALUE)).toBe('275760-09-13 00:00:00');
});

test('what is no time zone is refused', () => {
  expect(() => dateTextIn('Mars/Olympus')).toThrow(RangeError);
});

test.each([
  // Clocks were set at 00:01, which is no full quarter of an hour in UTC.
  ['America/St_Johns', '2010-03-13T12:00:00Z'],
  ['Australia/Lord_Howe', '2024-04-06T00:00:00Z'],
  ['Africa/Monrovia', '1972-01-06T12:00:00Z'],
  // A day that there was not.
  ['Pacific/Apia', '2011-12-29T12:00:00Z'],
  ['Europe/Berlin', '9998-12-31T00:00:00Z'],
])('in %s dates before and after %s are as the calendar of the system has them', (timeZone, around) => {
  const calendar = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const written = dateTextIn(timeZone);
  const start = Date.parse(around) / 1000;
  for (let second = start; second < start + 3 * 86_400; second += 59.7) {
    expect(written(second)).toBe(calendar.format(second * 1000));
  }
});

test('times of many days are all written right', () => {
  const written = dateTextIn('UTC');
  for (let day = 0; day < 50_000; day += 1) {
    expect(written(day * 86_400)).toBe(`${new Date(day * 86_400_000).toISOString().slice(0, 10)} 00:00:00`);
  }
});
