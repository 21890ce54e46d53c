// Opens a service and does one file operation; kills itself right after a given step. Run by file-kill.test.ts.
import { subscribe } from 'node:diagnostics_channel';

import { openService } from '@iib-kit/server';

/** @type {{ options: object, route: string, body: object, killAt: number, killAfterMs: number | undefined }} */
const { options, route, body, killAt, killAfterMs } = JSON.parse(process.argv[2]);

let steps = 0;
subscribe('iib-kit:file-operations:step', () => {
  steps += 1;
  if (steps === killAt) process.kill(process.pid, 'SIGKILL');
});

const service = await openService(options);
if (killAfterMs !== undefined) setTimeout(() => process.kill(process.pid, 'SIGKILL'), killAfterMs);
const reply = await service.handle({
  method: 'POST',
  base: '',
  path: route,
  endsInSlash: false,
  query: new URLSearchParams(),
  headers: { host: 'localhost' },
  peerAddress: '127.0.0.1',
  signal: new AbortController().signal,
  readBody: async () => body,
});
if (reply?.status !== 200) {
  process.stderr.write(`${reply?.status} ${JSON.stringify(reply?.body)}\n`);
  process.exit(2);
}
await service.close();
