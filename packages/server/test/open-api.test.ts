import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import {
  api,
  DEFAULT_BASE,
  fillPath,
  inputPlace,
  isEvents,
  isMedia,
  openApiDocument,
  pathParameters,
  type Endpoint,
} from '@iib-kit/contract';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { needsVideoDecoder } from '../../thumbnails/test/helpers/needs-video.ts';
import { infotext, makeImage } from './helpers/make-image.ts';
import { madeService } from './helpers/made-service.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';
import { writeClip } from './helpers/write-clip.ts';

test('the OpenAPI document passes a public linter', async () => {
  const document = openApiDocument(api, { base: DEFAULT_BASE, version: '1.2.3' });
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      // The licence of the program is no licence of an API that its owner runs.
      'info-license': 'off',
      // `/hello` and the media endpoints have no refusal of their own that could be declared.
      'operation-4xx-response': 'error',
    },
  });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer ?? '']),
  ).toEqual([]);
});

const directory = await temporaryFolder();
await makeImage(path.join(directory.folder, 'image.png'), { text: infotext('a fox', 30) });
const { service, at, library } = await madeService({ baseDir: directory.folder, onShutdown: () => {} });
afterAll(() => directory.remove());

const examples: [string, Endpoint][] = Object.values(api).flatMap((group) =>
  Object.values(group).map((endpoint): [string, Endpoint] => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ]),
);

/** Examples that name what cannot be there: a thing by the name that chance gave it, or a model without a key. */
const refused: Readonly<Record<string, number>> = {
  'GET /zip': 404,
  'POST /ai-chat': 400,
  'GET /db/cluster_iib_output_job_status': 404,
  'POST /db/cluster_tag_graph_cluster_paths': 404,
  'GET /db/organize_files_status': 404,
  'POST /db/organize_files_confirm': 404,
  'POST /db/organize_files_undo': 404,
};

let base: string;
beforeAll(async () => {
  const [transport] = transports;
  const { origin, close } = (await transport?.serve(service)) ?? expect.fail('no transport');
  base = `${origin}${service.base}`;
  return close;
});

test.for(examples)(
  'the example of %s is answered, with the shape that is declared for it',
  async ([name, endpoint], context) => {
    if (endpoint === api.media.videoCover) needsVideoDecoder(context);
    const ids = await restore();
    const left = new AbortController();
    const response = await send(endpoint, ids, left.signal);
    const problem = await problemOf(endpoint, response);
    left.abort();
    expect([response.status, response.status === 200 ? problem : undefined]).toEqual([
      refused[name] ?? 200,
      undefined,
    ]);
  },
);

interface Ids {
  readonly tag: number;
  readonly job: string;
}

/** What examples name, which some of them take away: files, a folder of the library, a tag of the owner and a job. */
async function restore(): Promise<Ids> {
  for (const name of ['fox.png', 'chosen']) await rm(at(name), { recursive: true, force: true });
  await mkdir(at('chosen'));
  await makeImage(at('image.png'), { text: infotext('a fox in the snow', 31) });
  await makeImage(at('sub/panda.webp'), { text: infotext('a panda', 32) });
  await writeClip(at('clip.mp4'));
  await service.library.add(library, ['scanned']);
  await service.library.update();
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const tag = await fetch(`${base}/db/add_custom_tag`, { ...post, body: '{"tag_name":"of an example"}' });
  const { jobs } = (await (await fetch(`${base}/db/jobs`)).json()) as { jobs: { job_id: string }[] };
  return { tag: ((await tag.json()) as { id: number }).id, job: jobs[0]?.job_id ?? '' };
}

function send(endpoint: Endpoint, ids: Ids, signal: AbortSignal): Promise<Response> {
  const text = JSON.stringify(endpoint.example ?? {})
    .replaceAll('"/library', `"${library}`)
    .replaceAll('"tag_id":2', `"tag_id":${ids.tag}`)
    .replaceAll(api.jobs.status.example.job_id, ids.job);
  const input = JSON.parse(text) as Record<string, unknown>;
  const inPath = pathParameters(endpoint.path);
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
  const url = base + fillPath(endpoint.path, input);
  if (inputPlace(endpoint) === 'query') {
    const query = new URLSearchParams(
      Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return fetch(`${url}?${query.toString()}`, { method: endpoint.method, signal });
  }
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: endpoint.method, headers, body: JSON.stringify(rest), signal });
}

async function problemOf({ output }: Endpoint, response: Response): Promise<string | undefined> {
  const type = response.headers.get('content-type') ?? '';
  if (isEvents(output)) return type.startsWith('text/event-stream') ? undefined : type;
  if (isMedia(output)) return type.startsWith(output.media.replace(/\*.*/, '')) ? undefined : type;
  const { error } = output.safeParse(await response.json());
  return error?.message;
}
