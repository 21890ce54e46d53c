// Opens a service and confirms or undoes an organisation; kills itself right after a given step. Run by organize-kill.test.ts.
import { subscribe } from 'node:diagnostics_channel';

import { openService } from '@iib-kit/server';

/** @type {{ options: object, route: string | undefined, id: string, stage: string, killAt: number }} */
const { options, route, id, stage, killAt } = JSON.parse(process.argv[2]);

let steps = 0;
subscribe('iib-kit:file-operations:step', () => {
  steps += 1;
  if (steps === killAt) process.kill(process.pid, 'SIGKILL');
});

const service = await openService(options);
const call = async (method, path, query, body) => {
  const reply = await service.handle({
    method,
    base: '',
    path,
    endsInSlash: false,
    query: new URLSearchParams(query),
    headers: { host: 'localhost' },
    peerAddress: '127.0.0.1',
    signal: new AbortController().signal,
    readBody: async () => body,
  });
  if (reply?.status !== 200) throw new Error(`${path}: ${reply?.status} ${JSON.stringify(reply?.body)}`);
  return JSON.parse(reply.body);
};
if (route !== undefined) await call('POST', route, {}, { job_id: id });
for (let tries = 0; tries < 3000; tries += 1) {
  const now = await call('GET', '/db/organize_files_status', { job_id: id });
  if (now.stage === stage && now.status === 'completed') break;
  if (now.error !== null) throw new Error(now.error);
  await new Promise((resolve) => setTimeout(resolve, 10));
}
await service.close();
