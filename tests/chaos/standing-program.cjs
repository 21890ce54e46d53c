// Prints the longest time that it stood still, in its main thread and in another.
const { Worker, isMainThread } = require('node:worker_threads');

let last = performance.now();
let longest = 0;
setInterval(() => {
  longest = Math.max(longest, performance.now() - last);
  last = performance.now();
}, 5).unref();
setTimeout(() => process.stdout.write(`${isMainThread ? 'main' : 'worker'} ${longest}\n`), 3000);
if (isMainThread) new Worker(__filename, { execArgv: [] }).on('error', (error) => process.emitWarning(error));
