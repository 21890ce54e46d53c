import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { api, type Endpoint } from '@iib-kit/contract';
import { openService, type IibOptions, type IibService } from '@iib-kit/server';
import { afterAll, expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

// A database that knows images outside of what its callers may see. All that only those have is named alike.
const mark = '7f3a';
const { folder, remove } = await temporaryFolder();
afterAll(remove);
const at = (name: string) => path.join(folder, name);
const shown = at('shown');
const hidden = at(`hidden-${mark}`);
const added = at(`added-${mark}`);

function service(name: string, options: IibOptions): Promise<IibService> {
  const log = { warn: () => undefined, error: () => undefined };
  return openService({ dbPath: at(`${name}.db`), cacheDir: at(`${name}-cache`), log, ...options });
}

async function answer<T = unknown>(made: IibService, endpoint: Endpoint, input: object = {}): Promise<T> {
  const { method, path: route } = endpoint;
  const reply = await made.handle({
    method,
    base: '',
    path: route,
    endsInSlash: false,
    query: new URLSearchParams(method === 'GET' ? (input as Record<string, string>) : {}),
    headers: { host: 'localhost' },
    peerAddress: '127.0.0.1',
    signal: new AbortController().signal,
    readBody: async () => input,
  });
  // Nothing was clustered, which is told alike.
  if (endpoint !== api.tagGraph.build)
    expect([route, reply?.status, reply?.body]).toEqual([route, 200, expect.anything()]);
  return (typeof reply?.body === 'string' ? JSON.parse(reply.body) : reply?.body) as T;
}

/** Marks that a caller gives to images of the shown folder. */
async function annotate(made: IibService): Promise<void> {
  const tag = await answer<{ id: number }>(made, api.tags.add, { tag_name: 'keep' });
  const paths = [path.join(shown, 'fox.png')];
  await answer(made, api.tags.batchUpdate, { img_paths: paths, action: 'add', tag_id: tag.id });
  await answer(made, api.marks.rate, { img_paths: paths, rating: 4 });
  await answer(made, api.tags.add, { tag_name: 'unused' });
}

await makeImage(path.join(shown, 'fox.png'), {
  text: infotext('fox, shared', 1),
  modified: new Date(2024, 0, 1),
});
await makeImage(path.join(shown, 'deep/hen.jpg'), {
  text: infotext('hen, shared', 2),
  modified: new Date(2024, 1, 1),
});
for (const [position, name] of ['one.png', 'deep/two.webp', 'deep/three.png'].entries()) {
  const settings = `Steps: 20, Sampler: sampler${mark}, CFG scale: 7, Seed: ${position}, Model: model${mark}`;
  const text = `shared, prompt${mark}, <lora:lora${mark}:1>\n${settings}, Source Identifier: source${mark}`;
  await makeImage(path.join(hidden, name), { text, modified: new Date(2021, 5, position + 1) });
}
await mkdir(added);
const hiddenPaths = [path.join(hidden, 'one.png'), path.join(hidden, 'deep/two.webp')];

// What is asked of both is answered alike where callers see the same.
const twin = await service('twin', { extraPaths: [shown] });
await twin.library.update();
await annotate(twin);
const wide = await service('wide', { extraPaths: [shown, hidden], trustCallers: true });
await wide.library.update();
await annotate(wide);
const keep = await answer<{ id: number }>(wide, api.tags.add, { tag_name: 'keep' });
const secret = await answer<{ id: number }>(wide, api.tags.add, { tag_name: `tag${mark}` });
for (const tag_id of [keep.id, secret.id])
  await answer(wide, api.tags.batchUpdate, { img_paths: hiddenPaths, action: 'add', tag_id });
await answer(wide, api.marks.rate, { img_paths: hiddenPaths, rating: 5 });
await answer(wide, api.extraPaths.add, { path: added, types: ['scanned'] });
const saved = { query: 'fox', folder_paths: [hidden], sort: 'newest' };
await answer(wide, api.search.saveSearch, { name: `search${mark}`, ...saved });
for (const one of [wide, twin])
  await answer(one, api.search.saveSearch, {
    name: 'both',
    ...saved,
    folder_paths: one === wide ? [shown, hidden] : [shown],
  });
await wide.close();
afterAll(() => twin.close());

const rule = { match: 'all', conditions: [{ field: 'text', operator: 'contains', value: 'shared' }] };
/** What aggregates the index, with what is asked. */
const questions: readonly [Endpoint, object?][] = [
  [api.search.basicInfo],
  [api.search.expiredDirs],
  [api.search.statistics],
  [api.search.trend],
  [api.search.randomImages],
  [api.search.layout, {}],
  [api.search.byQuery, { query: 'shared', size: 50 }],
  [api.search.bySubstring, { surstr: 'shared', size: 50, cursor: '' }],
  [api.search.savedSearches],
  ...['tag', 'model', 'lora', 'sampler', 'source', 'generator', 'folder'].flatMap(
    (field): [Endpoint, object][] =>
      ['', 's', 'e', mark].map((prefix) => [api.search.complete, { field, prefix, limit: 50 }]),
  ),
  [api.marks.ratingCounts],
  [api.tags.ofImage, { path: path.join(shown, 'fox.png') }],
  [api.tags.ofImages, { paths: [path.join(shown, 'fox.png')] }],
  [api.tags.add, { tag_name: 'keep' }],
  [api.tags.tryAutoTagRule, { ...rule, among: 100, examples: 10 }],
  [api.extraPaths.list],
  [api.system.globalSetting],
  [api.tagGraph.build, {}],
];

/** Without what differs between two databases by their making: ids, and the order by them. */
function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (['id', 'cursor', 'next', 'created_time', 'extra_paths', 'app_fe_setting'].includes(key))
        return undefined;
      return key === 'tags' && Array.isArray(inner) ? byName(inner as Named[]) : inner;
    }),
  );
}

interface Named {
  readonly name: string;
}

const byName = (named: readonly Named[]): Named[] => named.toSorted((a, b) => (a.name < b.name ? -1 : 1));

test.each([
  ['the library has fewer folders now', { extraPaths: [shown], allowedPaths: [shown] }],
  [
    'fewer folders are allowed than are in the library',
    { extraPaths: [shown, hidden], allowedPaths: [shown] },
  ],
])('no figure and no name tells of images outside where %s', async (_, options) => {
  const narrow = await service('wide', options);
  onTestFinished(() => narrow.close());
  for (const [endpoint, input] of questions) {
    const asked = `${endpoint.path} ${JSON.stringify(input)}`;
    const inOrder = (found: unknown) =>
      endpoint === api.search.randomImages ? byName(found as Named[]) : found;
    const [own, expected] = [
      inOrder(await answer(narrow, endpoint, input)),
      inOrder(await answer(twin, endpoint, input)),
    ];
    expect({ asked, answer: comparable(own) }).toEqual({ asked, answer: comparable(expected) });
    expect([asked, JSON.stringify(own)]).toEqual([asked, expect.not.stringContaining(mark)]);
  }
});

test('rules, imports and jobs count and name what is inside alone', async () => {
  const narrow = await service('wide', { extraPaths: [shown, hidden], allowedPaths: [shown] });
  onTestFinished(() => narrow.close());
  const { id: tag_id } = await answer<{ id: number }>(narrow, api.tags.add, { tag_name: 'ruled' });
  expect(await answer(narrow, api.tags.setAutoTagRules, { rules: [{ ...rule, tag_id }] })).toMatchObject({
    tagged: 2,
  });
  const lines = [...hiddenPaths, path.join(shown, 'fox.png')].map((file) =>
    JSON.stringify({ path: file, rating: 1 }),
  );
  expect(await answer(narrow, api.marks.import, { lines: lines.join('\n') })).toEqual({
    imported: 1,
    unknown: hiddenPaths,
  });
  await makeImage(path.join(hidden, 'broken.png'));
  await narrow.library.update();
  const { jobs } = await answer<{ jobs: { job_id: string }[] }>(narrow, api.jobs.list);
  for (const { job_id } of jobs)
    expect(JSON.stringify(await answer(narrow, api.jobs.status, { job_id }))).not.toContain(mark);
});
