import { basename } from 'node:path';

import { serveMethods } from '@iib-kit/threads';

// A decoder that hangs would keep process.exit() waiting for its thread.
// The group is that of this process and the programs that it runs; Windows has none.
const group = process.platform === 'win32' ? process.pid : -process.pid;
process.on('disconnect', () => process.kill(group, 'SIGKILL'));
process.title = basename(import.meta.url);

// In here a missing sharp becomes an answer; a static import would end the process without one.
serveMethods(import('./render-methods.ts').then(({ renderMethods }) => renderMethods));
