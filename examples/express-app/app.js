import { openService } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import express from 'express';

/** An Express application of your own, with its own body parser, and the image API below `/images`. */
export async function createApp(folder, dataFolder) {
  const service = await openService({
    extraPaths: [folder],
    dbPath: `${dataFolder}/iib.db`,
    cacheDir: `${dataFolder}/thumbnails`,
  });

  const app = express();
  app.use(express.json());
  app.get('/', (_request, response) => {
    response.json({ gallery: '/images/infinite_image_browsing' });
  });
  app.use('/images', iibRouter(service));

  return { app, close: () => service.close() };
}
