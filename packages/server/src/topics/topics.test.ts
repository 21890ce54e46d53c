import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from '../../test/helpers/make-image.ts';
import { standInModel } from '../../test/helpers/stand-in-model.ts';
import { temporaryFolder } from '../../test/helpers/temporary-folder.ts';
import { resolveAiOptions } from '../options/ai-options.ts';
import { clusterStages, type ClusterProgress } from './cluster-folders.ts';
import { createTopics } from './topics.ts';

const model = await standInModel();

const prompts = [
  'red fox, deep snow, pine forest, winter morning',
  'red fox, deep snow, pine forest, winter evening',
  'old lighthouse, stormy sea, cliff, dark clouds',
  'old lighthouse, stormy sea, cliff, grey clouds',
];

test('a clustering reports its stages in order, from nothing to the whole, with what each has counted', async () => {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  for (const [position, prompt] of prompts.entries()) {
    await makeImage(path.join(library, `${position}.png`), { text: infotext(prompt, position + 1) });
  }
  const index = await openIndex({ path: path.join(folder, 'iib.db') });
  onTestFinished(async () => {
    await index.close();
    await remove();
  });
  await index.update([library]);
  const log = { warn: () => undefined, error: () => undefined };
  const ai = resolveAiOptions({ apiKey: 'sk-test', baseUrl: model.baseUrl });
  const topics = createTopics({ index, ai, cacheDir: path.join(folder, 'cache'), log });

  const reported: ClusterProgress[] = [];
  const run = {
    signal: new AbortController().signal,
    onProgress: (progress: ClusterProgress) => reported.push(progress),
  };
  const { clusters } = await topics.clusterFolders(
    { folders: [library], threshold: 0.85, recursive: true },
    run,
  );
  expect(clusters.map(({ size }) => size)).toEqual([2, 2]);

  expect([...new Set(reported.map(({ stage }) => stage))]).toEqual(clusterStages);
  const shares = reported.map(({ share }) => share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  const begins = clusterStages.map((stage) => reported.find((progress) => progress.stage === stage)?.share);
  expect(begins).toEqual([0, expect.any(Number), 0.6, 0.8]);
  expect(reported.find(({ stage }) => stage === 'titling')).toMatchObject({
    clustersTotal: 2,
    clustersDone: 0,
  });
  expect(reported.at(-1)).toMatchObject({
    stage: 'titling',
    share: 1,
    folder: library,
    scanned: 4,
    itemsTotal: 4,
    clustersTotal: 2,
    clustersDone: 2,
  });
});
