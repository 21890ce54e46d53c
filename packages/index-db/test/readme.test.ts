import { readFileSync } from 'node:fs';
import { indexErrorCodes, querySorts } from '@iib-kit/catalog';
import { numberFields, parseQuery, presenceFilters, tagFields, textFields } from '@iib-kit/catalog/query';
import { describe, expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('names every method of an index', async () => {
    const index = await temporaryLibrary().open();
    expect(Object.keys(index).filter((name) => !readme.includes(`\`${name}(`))).toEqual([]);
  });

  it('names every error, field and order', () => {
    const named = [
      ...indexErrorCodes,
      ...querySorts,
      ...numberFields,
      ...textFields,
      ...tagFields,
      ...presenceFilters,
    ];
    expect(named.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('gives a query that is one', () => {
    const example = /`(fox -blurry [^`]+)` is a query/.exec(readme)?.[1] ?? '(';
    expect(parseQuery(example)).toMatchObject({ kind: 'and' });
  });
});
