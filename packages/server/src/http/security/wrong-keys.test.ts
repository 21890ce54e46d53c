import { expect, test } from 'vitest';

import { WrongKeys } from './wrong-keys.ts';

function counter() {
  const clock = { now: 1_000_000 };
  const wrongKeys = new WrongKeys({ wrongKeys: 3, wrongKeySeconds: 60 }, () => clock.now);
  const isBlocked = (address: string): number | undefined => {
    try {
      wrongKeys.check(address);
      return undefined;
    } catch (error) {
      return Number((error as { headers: Record<string, string> }).headers['retry-after']);
    }
  };
  return { clock, wrongKeys, isBlocked };
}

test('the third different key is the last, for a minute', () => {
  const { clock, wrongKeys, isBlocked } = counter();
  expect(['a', 'b'].map((key) => wrongKeys.add('192.0.2.1', key))).toEqual([false, false]);
  expect(isBlocked('192.0.2.1')).toBeUndefined();
  clock.now += 30_000;
  expect(wrongKeys.add('192.0.2.1', 'c')).toBe(true);
  expect(isBlocked('192.0.2.1')).toBe(60);
  clock.now += 59_001;
  expect(isBlocked('192.0.2.1')).toBe(1);
  clock.now += 999;
  expect(isBlocked('192.0.2.1')).toBeUndefined();
});

test('the same key again does not count', () => {
  const { wrongKeys, isBlocked } = counter();
  for (let request = 0; request < 100; request += 1) wrongKeys.add('192.0.2.1', 'old cookie');
  expect(isBlocked('192.0.2.1')).toBeUndefined();
});

test('other addresses do not wait', () => {
  const { wrongKeys, isBlocked } = counter();
  for (const key of ['a', 'b', 'c']) wrongKeys.add('192.0.2.1', key);
  expect([isBlocked('192.0.2.1'), isBlocked('192.0.2.2'), isBlocked('')]).toEqual([60, undefined, undefined]);
});

test('after the time is over counting starts anew', () => {
  const { clock, wrongKeys, isBlocked } = counter();
  for (const key of ['a', 'b', 'c']) wrongKeys.add('192.0.2.1', key);
  clock.now += 60_000;
  wrongKeys.add('192.0.2.1', 'd');
  expect(isBlocked('192.0.2.1')).toBeUndefined();
});

test.each([
  ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['::1', '::2', true],
  ['fe80::1%eth0', 'fe80::2%eth0', true],
])('%s and %s are of one network: %s', (one, other, expected) => {
  const { wrongKeys, isBlocked } = counter();
  for (const key of ['a', 'b', 'c']) wrongKeys.add(one, key);
  expect(isBlocked(other) !== undefined).toBe(expected);
});

test('a flood of addresses takes no more than its share of memory, and leaves the latest blocked', () => {
  const { wrongKeys, isBlocked } = counter();
  for (let address = 0; address < 30_000; address += 1) {
    wrongKeys.add(`10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`, 'a');
  }
  for (const key of ['a', 'b', 'c']) wrongKeys.add('192.0.2.1', key);
  expect(wrongKeys.size).toBe(10_000);
  expect(isBlocked('192.0.2.1')).toBe(60);
});

test('addresses whose time is over are forgotten', () => {
  const { clock, wrongKeys } = counter();
  for (let address = 0; address < 100; address += 1) wrongKeys.add(`192.0.2.${address}`, 'a');
  clock.now += 60_001;
  wrongKeys.add('192.0.2.200', 'a');
  expect(wrongKeys.size).toBe(1);
});
