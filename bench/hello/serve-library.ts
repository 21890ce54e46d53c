import { launchApp } from '@iib-kit/server';
import type { ServeRequest, ServeReport } from './server-process.ts';

const send = (report: ServeReport) => process.send?.(report);

/** Serves a library, indexes it when told to, and ends when told to. */
async function serve({ root, databasePath, cacheDir }: ServeRequest): Promise<void> {
  const app = await launchApp({ port: 0, dbPath: databasePath, cacheDir, extraPaths: [root] });
  process.on('message', (order) => {
    if (order === 'index') void app.service.library.update().then(({ added }) => send({ added }));
    if (order === 'end') void app.close().then(() => process.disconnect());
  });
  send({ url: app.url });
}

process.once('message', (request) => void serve(request as ServeRequest));
