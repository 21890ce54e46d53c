import type { Writable } from 'node:stream';

import { pino, stdSerializers, type Logger } from 'pino';

import type { LogLevel } from '../options/program-options.ts';

/** The program's log: a JSON object a line, or a line for people on a terminal. */
export function programLog(level: LogLevel, output: Writable & { isTTY?: boolean }): Logger {
  const write = (line: string) => void output.write(output.isTTY === true ? readable(line) : line);
  return pino({ level, base: null, serializers: { err: describeError } }, { write });
}

/** What an error says, its causes too; other members, such as the headers of a request, stay out of the log. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return stdSerializers.err(error as Error);
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, ...code, message: error.message, stack: error.stack, ...cause };
}

const levelNames: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

function readable(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
  const head = [clock, levelNames[Number(level)] ?? level, plain(msg), ...fields].join(' ');
  return `${head}\n${stackOf(err)}`;
}

/** What came from outside must not steer the terminal. */
function plain(value: unknown): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  return shown.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

function stackOf(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { stack, message, cause } = err as { stack?: unknown; message?: unknown; cause?: unknown };
  const own = typeof stack === 'string' ? stack : plain(message ?? '');
  return `${own}\n${cause === undefined ? '' : `caused by ${stackOf(cause)}`}`;
}
