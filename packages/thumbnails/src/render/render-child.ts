import { basename } from 'node:path';

import { serveMethods } from '@iib-kit/threads';

// A decoder that hangs would keep process.exit() waiting for its thread.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.title = basename(import.meta.url);

// In here a missing sharp becomes an answer; a static import would end the process without one.
serveMethods(import('./render-methods.ts').then(({ renderMethods }) => renderMethods));
