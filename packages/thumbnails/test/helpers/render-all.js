import { createThumbnailer } from '@iib-kit/thumbnails';

// Run as a process of its own: renders what it is told and answers with the keys.
process.once('message', async ({ cacheDir, files, box }) => {
  const thumbnailer = createThumbnailer({ cacheDir, concurrency: 2 });
  const thumbnails = await Promise.all(files.map((file) => thumbnailer.thumbnail(file, box)));
  process.send(
    thumbnails.map(({ etag }) => etag),
    () => process.disconnect(),
  );
});
