import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { aiOptions } from '../src/options/ai-options.ts';
import { launchOptions } from '../src/options/launch-options.ts';
import type { OptionSection } from '../src/options/option.ts';
import { serviceOptions } from '../src/options/service-options.ts';
import { entriesOf, optionsPage } from './helpers/options-page.ts';

// After a change of the options: npx vitest run --project node packages/server/test/options-docs.test.ts -u
test('docs/options.md is what the options say', async () => {
  await expect(optionsPage()).toMatchFileSnapshot('../../../docs/options.md');
});

test('every option says what it takes and does', () => {
  const all = [
    ...entriesOf('options/service-options.ts', 'serviceOptions'),
    ...entriesOf('options/ai-options.ts', 'aiOptions'),
    ...entriesOf('options/launch-options.ts', 'launchOptions'),
  ];
  const silent = all.filter(({ text, comment }) => text === '' || comment === '');
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test.each<[string, string, OptionSection]>([
  ['options/service-options.ts', 'serviceOptions', serviceOptions],
  ['options/ai-options.ts', 'aiOptions', aiOptions],
  ['options/launch-options.ts', 'launchOptions', launchOptions],
])('what %s says of a default is the default', (file, name, section) => {
  const plain = Object.entries(section).flatMap(([option, { default: value }]) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? [[option, String(value)]] : [],
  );
  const said = entriesOf(file, name).flatMap(({ name: option, comment }) => {
    const words = /Default (?:`(?<quoted>[^`]+)`|(?<number>\d[\d,]*\d|\d))/.exec(comment)?.groups;
    const value = words?.['quoted'] ?? words?.['number']?.replaceAll(',', '');
    return value === undefined ? [] : [[option, value]];
  });
  const isPlain = (option: string | undefined) => plain.some(([known]) => known === option);
  expect(said.filter(([option]) => isPlain(option))).toEqual(plain);
});

test('the table of options in the README has every option of a service', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = readme.slice(readme.indexOf('## Options'), readme.indexOf('## Two dialects'));
  const listed = [...rows.matchAll(/^\| `(?<name>\w+)`/gm)].map((match) => match.groups?.['name'] ?? '');
  const options = entriesOf('options/service-options.ts', 'serviceOptions').map(({ name }) => name);
  expect(listed.sort()).toEqual(options.sort());
});
