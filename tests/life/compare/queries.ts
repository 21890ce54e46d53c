import type { Client } from '@iib-kit/client';

import type { Draw } from '../draw.ts';
import type { Life } from '../life.ts';
import { searchedModels, searchedWords } from '../made-pictures.ts';

/** A search that two libraries answer alike, if they hold the same. */
export interface AskedQuery {
  readonly kind: string;
  readonly text: string;
  readonly sort: (typeof sorts)[number];
  readonly run: (
    client: Client,
  ) => AsyncIterable<{ fullpath: string; date: number; name: string; bytes: number }>;
}

const sorts = ['newest', 'oldest', 'name', 'largest', 'smallest', 'rating', 'random'] as const;
const pageSize = 500;

type Ask = (draw: Draw, life: Life) => string;

const word: Ask = (draw) => draw.one(searchedWords);

/** Queries of the query language by kind. */
const languages: Readonly<Record<string, Ask>> = {
  word,
  words: (draw, life) => `${word(draw, life)} ${word(draw, life)}`,
  'rare word': (draw) => `no${draw.whole(1, 400)}`,
  'excluded word': (draw, life) => `-${word(draw, life)} ${word(draw, life)}`,
  alternatives: (draw, life) => `${word(draw, life)} OR ${word(draw, life)}`,
  phrase: (draw, life) => `"${word(draw, life)}, in the"`,
  number: (draw) =>
    draw.one(['steps>30', 'cfg:2..5.5', 'steps:20..25', 'seed<1000000000', 'width:16', 'size>100']),
  rating: (draw) => draw.one(['rating>=3', 'rating:0', 'rating:5', 'rating:1..2']),
  model: (draw) => `model:${draw.one(searchedModels)}`,
  lora: () => 'lora:ink',
  sampler: () => 'sampler:"euler a"',
  'own tag': (draw, life) => {
    const tags = [...life.truth.tags];
    return tags.length === 0 ? 'tag:mine' : `tag="${draw.one(tags).name}"`;
  },
  note: (draw) => `note:${draw.one(['poster', 'cover', 'wall'])}`,
  presence: (draw) => draw.one(['has:note', 'has:tag', 'has:rating', '-has:tag', 'has:seed', '-has:text']),
  date: (draw) => draw.one(['date:2024', 'date<2023', 'date:2023-06..2024-01', 'date>2024-02']),
  path: (draw) => draw.one(['path:day-', 'name:copy', 'path:archive/', 'name:outside', 'path:sorted']),
  folder: (draw, life) => `folder:"${draw.one([life.camera, life.drive, life.archive])}" ${word(draw, life)}`,
  'edited text': () => 'rewritten',
  everything: () => '',
};

const expressions = ['^image-\\d+', 'steps: 2\\d', 'no\\d7\\b', '(fox|panda) in', 'seed: \\d+9\\b'];

/** So many searches of all kinds, in all orders. */
export function drawQueries(life: Life, count: number): AskedQuery[] {
  const { draw } = life;
  const kinds = Object.entries(languages);
  const asked: AskedQuery[] = [];
  for (let index = 0; asked.length < count; index += 1) {
    const [kind, ask] = kinds[index % kinds.length] ?? ['word', word];
    const text = ask(draw, life);
    const sort = sorts[index % sorts.length] ?? 'newest';
    const run = (client: Client) => client.search.byQuery.pages({ query: text, sort, size: pageSize });
    asked.push({ kind, text, sort, run });
    if (index % 5 === 0) asked.push(expression(draw.one(expressions)));
    if (index % 5 === 1) asked.push(tags(draw.some([...searchedModels, 'fog', 'Euler a'], 2)));
  }
  return asked.slice(0, count);
}

function expression(regexp: string): AskedQuery {
  const run = (client: Client) => client.search.bySubstring.pages({ regexp, size: pageSize });
  return { kind: 'expression', text: regexp, sort: 'newest', run };
}

/** By the ids that each library has for them. */
function tags(names: readonly string[]): AskedQuery {
  async function* run(client: Client) {
    const { tags: all } = await client.search.basicInfo();
    const ids = names.map(
      (name) => all.find((tag) => tag.name === name && tag.type !== 'custom')?.id ?? 2 ** 30,
    );
    yield* client.search.byTags.pages({ or_tags: ids, size: pageSize });
  }
  return { kind: 'tags', text: names.join(' or '), sort: 'newest', run };
}
