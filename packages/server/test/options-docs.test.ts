import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { membersOf, optionsPage } from './helpers/options-page.ts';

// After a change of the options: npx vitest run --project node packages/server/test/options-docs.test.ts -u
test('docs/options.md is what the options say', async () => {
  await expect(optionsPage()).toMatchFileSnapshot('../../../docs/options.md');
});

test('every option says what it does', () => {
  const all = [
    ...membersOf('options/service-options.ts', 'IibOptions'),
    ...membersOf('options/ai-options.ts', 'AiOptions'),
    ...membersOf('mount/launch-app.ts', 'LaunchOptions'),
  ];
  expect(all.filter(({ comment }) => comment === '').map(({ name }) => name)).toEqual([]);
});

test('the table of options in the README has every option of a service', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = readme.slice(readme.indexOf('## Options'), readme.indexOf('## Two dialects'));
  const listed = [...rows.matchAll(/^\| `(?<name>\w+)`/gm)].map((match) => match.groups?.['name'] ?? '');
  const options = membersOf('options/service-options.ts', 'IibOptions').map(({ name }) => name);
  expect(listed.sort()).toEqual(options.sort());
});
