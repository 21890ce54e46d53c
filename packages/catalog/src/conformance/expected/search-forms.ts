import type { ImageIndex } from '../../roles/image-index.ts';
import { type QuerySort, querySorts } from '../../roles/image-searches.ts';
import type { IndexedImage, Page } from '../../roles/indexed-image.ts';

/** One way to ask for pages. */
export interface SearchForm {
  readonly name: string;
  readonly sort: QuerySort;
  readonly ask: (at: { readonly cursor?: string; readonly size?: number }) => Promise<Page<IndexedImage>>;
}

/** Every form of search for images whose text has a word, and with it a tag of that name. */
export function searchForms(index: ImageIndex, word: string, tagId: number): SearchForm[] {
  const tags = { and: [tagId], or: [], not: [] };
  const newest = 'newest' as const;
  return [
    { name: 'substring', sort: newest, ask: (at) => index.searchBySubstring({ text: word, ...at }) },
    {
      name: 'one letter',
      sort: newest,
      ask: (at) => index.searchBySubstring({ text: word.slice(0, 1), ...at }),
    },
    {
      name: 'path',
      sort: newest,
      ask: (at) => index.searchBySubstring({ text: 'png', pathOnly: true, ...at }),
    },
    {
      name: 'expression',
      sort: newest,
      ask: (at) => index.searchBySubstring({ regexp: `\\b${word}`, ...at }),
    },
    { name: 'everything', sort: newest, ask: (at) => index.searchBySubstring(at) },
    { name: 'tags', sort: newest, ask: (at) => index.searchByTags({ ...tags, ...at }) },
    {
      name: 'no tags',
      sort: newest,
      ask: (at) => index.searchByTags({ and: [], or: [], not: [987_654], ...at }),
    },
    {
      name: 'tags, shuffled',
      sort: 'random',
      ask: (at) => index.searchByTags({ ...tags, random: true, ...at }),
    },
    ...querySorts.flatMap((sort): SearchForm[] => [
      { name: `query, ${sort}`, sort, ask: (at) => index.search({ query: word, sort, ...at }) },
      { name: `everything, ${sort}`, sort, ask: (at) => index.search({ sort, ...at }) },
    ]),
  ];
}
