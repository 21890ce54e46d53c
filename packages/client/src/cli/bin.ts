#!/usr/bin/env node
import { runCli } from './run-cli.ts';

const { stdin, stdout, stderr, env } = process;

// The reader closed the pipe, as `head` does, so there is nowhere to report anything.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
}

const stopping = new AbortController();
// A second one kills the program.
process.once('SIGINT', () => stopping.abort(new Error('stopped')));

process.exitCode = await runCli(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  signal: stopping.signal,
});
