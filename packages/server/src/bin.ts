#!/usr/bin/env node
import { runProgram } from './program/run-program.ts';

const result = await runProgram({
  args: process.argv.slice(2),
  environment: process.env,
  folder: process.cwd(),
  output: process.stdout,
  errors: process.stderr,
});

if ('exitCode' in result) {
  process.exitCode = result.exitCode;
} else {
  const stop = () => {
    result.app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`iib-kit: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
