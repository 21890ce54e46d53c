import { errorCode } from '../error-code.ts';
import type { ProgramSettings } from './parse-program-options.ts';

/** One line that says what kept the program from going on and what to do about it. */
export function describeFailure(error: unknown, { port, host, dbPath }: ProgramSettings): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `port ${port} is in use; choose another with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine; choose another with --host`;
    case 'EACCES':
      return `listening on ${host} port ${port} is not allowed`;
    case 'not-a-database':
      return `${dbPath} is not an SQLite database; choose another file with --db_path`;
    case 'cannot-open':
      return `${dbPath} cannot be opened: ${oneLine(error)}`;
    default:
      return oneLine(error);
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
