import { expect, test } from 'vitest';
import { ClusteringError } from '../clustering-error.ts';
import type { ClusterName, Namer, NameRequest } from './cluster-name.ts';
import { localNames } from './local-name.ts';
import { nameClusters, nameKey } from './name-clusters.ts';

const texts = [
  'red fox, snow',
  'red fox, ice',
  'lighthouse, storm',
  'lighthouse, waves',
  'tea house',
  'tea house, moss',
];
const clusters = [{ members: [0, 1] }, { members: [2, 3] }, { members: [4, 5] }];

function namerOf(
  answer: (request: NameRequest) => ClusterName | ClusteringError,
): Namer & { requests: NameRequest[] } {
  const requests: NameRequest[] = [];
  return {
    provider: 'stand-in',
    model: 'm',
    requests,
    async name(request) {
      requests.push(request);
      const answered = answer(request);
      if (answered instanceof ClusteringError) throw answered;
      return answered;
    },
  };
}

const upper = ({ terms }: NameRequest): ClusterName => ({
  title: (terms[0] ?? '').toUpperCase(),
  keywords: terms.slice(0, 1),
});

test('without a model clusters are named by the terms that set them apart', async () => {
  expect(await nameClusters(texts, clusters)).toEqual([
    { title: 'Red fox, snow, ice', keywords: ['red fox', 'snow', 'ice'], source: 'local' },
    { title: 'Lighthouse, storm, waves', keywords: ['lighthouse', 'storm', 'waves'], source: 'local' },
    { title: 'Tea house, moss', keywords: ['tea house', 'moss'], source: 'local' },
  ]);
});

test('local titles are never the same, and a cluster without terms has one', () => {
  expect(
    localNames([['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'e'], ['a', 'b', 'c'], [], []]).map(
      ({ title }) => title,
    ),
  ).toEqual(['A, b, c', 'A, b, c, e', 'A, b, c (2)', 'Untitled', 'Untitled (2)']);
});

test('a model is told samples, terms and language, and offered the keywords of other clusters again', async () => {
  const namer = namerOf(upper);
  const named = await nameClusters(texts, clusters, {
    namer,
    lang: 'de',
    knownKeywords: ['animals'],
    concurrency: 1,
  });
  expect(named.map(({ title, source }) => [title, source])).toEqual([
    ['RED FOX', 'model'],
    ['LIGHTHOUSE', 'model'],
    ['TEA HOUSE', 'model'],
  ]);
  expect(namer.requests[0]).toEqual({
    samples: ['red fox, snow', 'red fox, ice'],
    terms: ['red fox', 'snow', 'ice'],
    lang: 'de',
    knownKeywords: ['animals'],
  });
  expect(namer.requests[2]?.knownKeywords).toEqual(['animals', 'red fox', 'lighthouse']);
});

test('names are kept and asked for again only when forced', async () => {
  const cache = new Map<string, ClusterName>();
  const namer = namerOf(upper);
  await nameClusters(texts, clusters, { namer, cache });
  const again = await nameClusters(texts, clusters, { namer, cache });
  expect(again.map(({ source }) => source)).toEqual(['cache', 'cache', 'cache']);
  expect(namer.requests.length).toBe(3);
  await nameClusters(texts, clusters, { namer, cache, lang: 'zh' });
  expect(namer.requests.length).toBe(6);
  const forced = await nameClusters(texts, clusters, { namer, cache, force: true });
  expect(forced.map(({ source }) => source)).toEqual(['model', 'model', 'model']);
});

test('where the model fails the local name stands in, with the reason', async () => {
  const timeout = new ClusteringError('timeout', 'too slow');
  const namer = namerOf((request) => (request.terms[0] === 'lighthouse' ? timeout : upper(request)));
  const named = await nameClusters(texts, clusters, { namer });
  expect(named[0]?.source).toBe('model');
  expect(named[1]).toEqual({
    title: 'Lighthouse, storm, waves',
    keywords: ['lighthouse', 'storm', 'waves'],
    source: 'local',
    error: timeout,
  });
});

test.each([
  ['a wrong key', 'unauthorized', 1],
  ['a used up quota', 'quota-exceeded', 1],
  ['an unknown model', 'unknown-model', 1],
  ['a slow answer', 'timeout', 3],
] as const)('with %s so many clusters are asked about', async (_, code, asked) => {
  const namer = namerOf(() => new ClusteringError(code, 'no'));
  const named = await nameClusters(texts, clusters, { namer, concurrency: 1 });
  expect(named.map(({ source, error }) => [source, error?.code])).toEqual([
    ['local', code],
    ['local', code],
    ['local', code],
  ]);
  expect(namer.requests.length).toBe(asked);
});

test('a namer that is itself at fault is not hidden', async () => {
  const broken: Namer = { provider: 'x', model: 'x', name: () => Promise.reject(new TypeError('bug')) };
  await expect(nameClusters(texts, clusters, { namer: broken })).rejects.toThrow('bug');
});

test('an abort while naming rejects with its reason', async () => {
  const controller = new AbortController();
  const namer = namerOf((request) => {
    controller.abort(new Error('enough'));
    return new ClusteringError('timeout', request.lang);
  });
  await expect(nameClusters(texts, clusters, { namer, signal: controller.signal })).rejects.toThrow('enough');
});

test('the key of a name depends on the texts in any order, the model and the language', () => {
  expect(nameKey(['a', 'b'], 'm', 'en')).toBe(nameKey(['b', 'a'], 'm', 'en'));
  const others = [
    nameKey(['a'], 'm', 'en'),
    nameKey(['ab'], 'm', 'en'),
    nameKey(['a', 'b'], 'n', 'en'),
    nameKey(['a', 'b'], 'm', 'zh'),
  ];
  expect(new Set([nameKey(['a', 'b'], 'm', 'en'), ...others]).size).toBe(5);
});

test.each([{ keywords: 0 }, { concurrency: 0.5 }])('%o is refused by name', async (options) => {
  await expect(nameClusters(texts, clusters, options)).rejects.toThrow(
    new RegExp(`^${Object.keys(options)[0]} must be`),
  );
});
