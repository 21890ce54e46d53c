import { createThumbnailer } from '@iib-kit/thumbnails';

// Runs as a process of its own: renders what it is told and answers with the keys.
async function renderAll({ cacheDir, files, box }) {
  const thumbnailer = createThumbnailer({ cacheDir, concurrency: 2 });
  const thumbnails = await Promise.all(files.map((file) => thumbnailer.thumbnail(file, box)));
  process.send(
    thumbnails.map(({ etag }) => etag),
    () => process.disconnect(),
  );
}

process.once('message', (job) => void renderAll(job));
