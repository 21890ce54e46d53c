import { expect, test } from 'vitest';
import { distinguishingTerms } from './distinguishing-terms.ts';
import { textTerms } from './text-terms.ts';

test('short phrases are terms as they are, long ones give words and pairs', () => {
  expect([...textTerms('red fox, Deep_Snow')]).toEqual(['red fox', 'deep snow']);
  expect([...textTerms('a young knight stands before the burning castle gate')]).toEqual([
    'young',
    'knight',
    'young knight',
    'stands',
    'knight stands',
    'burning',
    'castle',
    'burning castle',
    'gate',
    'castle gate',
  ]);
  expect([...textTerms('masterpiece best quality red fox in deep snow')]).toEqual([
    'red',
    'fox',
    'red fox',
    'deep',
    'snow',
    'deep snow',
  ]);
  expect([...textTerms('竹林，雪')]).toEqual(['竹林', '雪']);
  expect([...textTerms('42, of, x, 16:9')]).toEqual([]);
});

test('what many of a cluster have and few others comes first, what all have never', async () => {
  const texts = [
    'red fox, snow, soft light',
    'red fox, snow, soft light, trees',
    'red fox, ice, soft light',
    'lighthouse, sea, soft light',
    'lighthouse, sea, soft light, storm',
    'lighthouse, snow, soft light',
  ];
  const [foxes, lighthouses] = await distinguishingTerms(
    texts,
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
    { count: 3 },
  );
  expect(foxes).toEqual(['red fox', 'snow', 'trees']);
  expect(lighthouses?.slice(0, 2)).toEqual(['lighthouse', 'sea']);
  expect([...(foxes ?? []), ...(lighthouses ?? [])]).not.toContain('soft light');
});

test('a term within another one is not said again', async () => {
  const texts = ['red fox, fox, red', 'red fox, fox, red', 'cat', 'dog'];
  expect(await distinguishingTerms(texts, [[0, 1]], { count: 5 })).toEqual([['red fox']]);
});

test('where nothing sets a cluster apart it gets what its texts share', async () => {
  const texts = ['fox, snow', 'fox, sand'];
  expect(await distinguishingTerms(texts, [[0, 1]], { count: 1 })).toEqual([['fox']]);
  expect(await distinguishingTerms(['', ''], [[0, 1]], { count: 3 })).toEqual([[]]);
});

test('an abort is heeded', async () => {
  const signal = AbortSignal.abort();
  await expect(distinguishingTerms(['fox'], [[0]], { count: 1, signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
