import { mkdir } from 'node:fs/promises';

import { makeSampleLibrary, openService } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import express from 'express';

import { createSessions } from './sessions.js';

const { PORT = '3000', DATA = 'data', IMAGES = `${DATA}/sample-library` } = process.env;
const { HOSTS = 'localhost' } = process.env;
const { PASSWORD = 'open sesame', API_TOKEN = 'token-for-scripts' } = process.env;
await mkdir(DATA, { recursive: true });
if (process.env.IMAGES === undefined) await makeSampleLibrary(IMAGES);

const service = await openService({
  extraPaths: [IMAGES],
  dbPath: `${DATA}/iib.db`,
  cacheDir: `${DATA}/thumbnails`,
  // The API has no key of its own, so it is told under which names the application is reached.
  hosts: HOSTS.split(','),
});
const sessions = createSessions({ password: PASSWORD, apiToken: API_TOKEN });

const app = express();
// The router takes what a parser before it has read, so this limit is the API's own.
app.use(express.json({ limit: service.limits.bodyBytes }));

app.post('/login', sessions.login);
app.post('/logout', sessions.logout);
app.use('/images', sessions.required, iibRouter(service));
app.use(
  (_request, response) => void response.status(404).json({ error: 'this application has no such page' }),
);

const server = app.listen(Number(PORT), 'localhost', (error) => {
  if (error !== undefined) throw error;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : PORT;
  console.log(`Log in at http://localhost:${port}/login`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => void service.close());
    server.closeAllConnections();
  });
}
