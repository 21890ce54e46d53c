// Indexes, tags, rates and moves without end, saying on standard output what was acknowledged; made to be killed.
import { renameSync } from 'node:fs';
import { plainDescriber } from '@iib-kit/catalog/conformance';
import { openIndex } from '@iib-kit/index-db';

const [root, path] = process.argv.slice(2);
const index = await openIndex({
  path,
  readers: 1,
  describer: plainDescriber,
});
const say = (...words) => process.stdout.write(`${words.join(' ')}\n`);
say('open');
await index.setSetting('kept', { of: 'yore' });
say('setting');
for (let turn = 0; ; turn += 1) {
  await index.update([root]);
  say('updated');
  const images = await index.randomImages(20);
  for (const image of images) {
    await index.setTag([image.path], 1, 'add');
    say('tagged', image.id);
    await index.setRating([image.path], 1 + (image.id % 5));
    say('rated', image.id);
  }
  const [moved] = images;
  if (moved !== undefined) {
    const to = moved.path.replace(/[^/]+$/, `moved-${moved.id}-${turn}.png`);
    renameSync(moved.path, to);
    await index.movePaths([{ from: moved.path, to }]);
    say('moved', moved.id);
  }
}
