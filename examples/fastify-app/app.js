import { iibFastify } from '@iib-kit/server/fastify';
import Fastify from 'fastify';

/** A Fastify application of your own with the image API below `/images`. */
export async function createApp(folder, dataFolder) {
  const app = Fastify();

  app.get('/', async () => ({ gallery: '/images/infinite_image_browsing' }));

  await app.register(iibFastify, {
    prefix: '/images',
    extraPaths: [folder],
    dbPath: `${dataFolder}/iib.db`,
    cacheDir: `${dataFolder}/thumbnails`,
  });

  return app;
}
