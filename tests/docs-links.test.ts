import { expect, test } from 'vitest';

import { allDocuments } from './documents/documents.ts';
import { deadLinks, targetsOf } from './documents/links.ts';

const documents = allDocuments();

test.each(documents.map((document) => [document.name, document] as const))(
  'the links of %s lead somewhere',
  (_, document) => {
    expect(deadLinks(document)).toEqual([]);
  },
);

test('every page of docs/ and every package is reached from the README', () => {
  const seen = new Set<string>();
  const follow = (name: string) => {
    const document = documents.find((known) => known.name === name || known.name === `${name}/README.md`);
    if (document === undefined || seen.has(document.name)) return;
    seen.add(document.name);
    for (const target of targetsOf(document)) {
      const file = target.split('#')[0] ?? '';
      follow(new URL(file, `file:///${document.name}`).pathname.slice(1).replace(/\/$/, ''));
    }
  };
  follow('README.md');
  const missed = documents.map(({ name }) => name).filter((name) => !seen.has(name));
  expect(missed.filter((name) => name.startsWith('docs/') || /^packages\/[^/]+\/README/.test(name))).toEqual(
    [],
  );
});

test('a link to a file or a heading that is not there is found', () => {
  const text = '[a](nowhere.md) [b](README.md#no-such-heading) [c](#here) [d](README.md)\n\n## Here\n';
  expect(deadLinks({ name: 'page.md', text })).toEqual(['nowhere.md', 'README.md#no-such-heading']);
});
