#!/usr/bin/env node
import { lastHandler } from './program/last-handler.ts';
import { runProgram } from './program/run-program.ts';

const stopping = new AbortController();
const started = runProgram({
  args: process.argv.slice(2),
  environment: process.env,
  folder: process.cwd(),
  output: process.stdout,
  errors: process.stderr,
  signal: stopping.signal,
});

// Before anything is printed: who reads the address may stop the program at once. A second signal kills it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

const failed = lastHandler({
  errors: process.stderr,
  close: closeRunning,
  exit: (code) => process.exit(code),
});
// Of rejections that nobody handled too.
process.on('uncaughtException', failed);

const result = await started;
if ('exitCode' in result) process.exitCode = result.exitCode;

async function stop(): Promise<void> {
  stopping.abort(new Error('stopped'));
  if (!('app' in (await started))) return;
  try {
    await closeRunning();
    process.exit(0);
  } catch (error) {
    console.error(`iib-kit: ${String(error)}`);
    process.exit(1);
  }
}

async function closeRunning(): Promise<void> {
  const running = await started;
  if ('app' in running) await running.app.close();
}
