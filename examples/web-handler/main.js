import { serve } from '@hono/node-server';
import { Hono } from 'hono';

import { DELETE, GET, HEAD, OPTIONS, POST } from './app/infinite_image_browsing/[[...path]]/route.js';
import { imageService } from './lib/images.js';

const { PORT = '3000' } = process.env;
const service = await imageService();

// Does what Next.js does with a file in `app/`: calls the function that is named after the method.
const app = new Hono();
app.get('/', (context) => context.json({ gallery: service.base }));
app.on(['GET', 'POST', 'DELETE', 'OPTIONS'], [service.base, `${service.base}/*`], ({ req }) => {
  const route = { DELETE, GET, HEAD, OPTIONS, POST };
  return route[/** @type {keyof typeof route} */ (req.method)](req.raw);
});

const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: 'localhost' }, ({ port }) => {
  console.log(`Open http://localhost:${port}${service.base}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => void service.close());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
