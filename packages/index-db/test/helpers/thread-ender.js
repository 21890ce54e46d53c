// Preloaded into the threads of an index: ends them from within, in the ways in which threads end, when a test says so.
// Sent on the channel `end-threads`: { file, way, gate?, holdMs? }. Such a thread says `thread-ending` on the channel of that
// name, answers nothing until the gate opens or the time is over, and ends. A file named by END_THREADS_AT_START lists
// scripts that end at once.
import { existsSync, readFileSync } from 'node:fs';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const ways = {
  exit: () => process.exit(7),
  error: () => {
    throw new Error('nobody catches this');
  },
  memory: () => {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
  },
};

const list = process.env['END_THREADS_AT_START'];
const script = process.argv[1] ?? '';
if (isMainThread) {
  // A program is told by whoever started it.
  process.on('message', (message) => {
    const channel = new BroadcastChannel('end-threads');
    channel.postMessage(message);
    channel.close();
  });
} else {
  if (list !== undefined && existsSync(list)) {
    const names = readFileSync(list, 'utf8').split('\n').filter(Boolean);
    if (names.some((name) => script.endsWith(name))) throw new Error('it cannot be loaded');
  }
  const channel = new BroadcastChannel('end-threads');
  channel.unref();
  channel.addEventListener('message', ({ data: { file, way, gate, holdMs = 600_000 } }) => {
    if (!script.endsWith(file)) return;
    const ending = new BroadcastChannel('thread-ending');
    ending.postMessage(file);
    ending.close();
    Atomics.wait(gate ?? new Int32Array(new SharedArrayBuffer(4)), 0, 0, holdMs);
    ways[way]();
  });
}
