import { mkdir } from 'node:fs/promises';

import { makeSampleLibrary } from '@iib-kit/server';
import { iibFastify } from '@iib-kit/server/fastify';
import Fastify from 'fastify';

const { PORT = '3000', DATA = 'data', IMAGES = `${DATA}/sample-library` } = process.env;
await mkdir(DATA, { recursive: true });
if (process.env.IMAGES === undefined) await makeSampleLibrary(IMAGES);

const app = Fastify();

app.get('/', async () => ({ gallery: '/images/infinite_image_browsing' }));

// Without a key it answers to localhost alone; option hosts names what else it is called.
await app.register(iibFastify, {
  prefix: '/images',
  extraPaths: [IMAGES],
  dbPath: `${DATA}/iib.db`,
  cacheDir: `${DATA}/thumbnails`,
});

// Closes the index with the application.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void app.close());

const address = await app.listen({ port: Number(PORT), host: 'localhost' });
console.log(`Open http://localhost:${new URL(address).port}/images/infinite_image_browsing`);
