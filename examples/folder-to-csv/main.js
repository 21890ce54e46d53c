import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { csvRow } from './csv.js';
import { readFolder } from './read-folder.js';

const columns = [
  'file',
  'width',
  'height',
  'generator',
  'model',
  'seed',
  'steps',
  'sampler',
  'cfg_scale',
  'prompt',
  'negative_prompt',
];

const [folder, ...others] = process.argv.slice(2);
if (folder === undefined || others.length > 0) {
  console.error('usage: npm start --silent -- FOLDER > images.csv');
  process.exit(2);
}

const count = { described: 0, undescribed: 0, skipped: 0, unreadable: 0 };

async function* rows(/** @type {string} */ folder) {
  yield csvRow(columns);
  for await (const { name, metadata, error } of readFolder(folder, { onSkip: () => (count.skipped += 1) })) {
    if (metadata === undefined) {
      count.unreadable += 1;
      console.error(`${JSON.stringify(name)}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    const { width, height, generator, generation } = metadata;
    count[generation === undefined ? 'undescribed' : 'described'] += 1;
    yield csvRow([
      name,
      width,
      height,
      generator,
      generation?.model?.name,
      generation?.seed,
      generation?.steps,
      generation?.sampler,
      generation?.cfgScale,
      generation?.prompt,
      generation?.negativePrompt,
    ]);
  }
}

try {
  // Waits while nobody takes the rows: memory does not grow with the folder.
  await pipeline(Readable.from(rows(folder)), process.stdout, { end: false });
  console.error(
    `${count.described} described, ${count.undescribed} without a description, ` +
      `${count.unreadable} unreadable, ${count.skipped} skipped that are no images`,
  );
  process.exitCode = count.unreadable === 0 ? 0 : 1;
} catch (error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  // Whoever read the rows has enough, as `head` has.
  if (code !== 'EPIPE') {
    console.error(message);
    process.exitCode = 2;
  }
}
