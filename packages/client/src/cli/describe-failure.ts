import { CommanderError } from 'commander';

import { isApiError } from '../errors/api-error.ts';
import { isClientError, type ClientErrorCode } from '../errors/client-error.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** What went wrong, in one line, and the exit code for it. */
export function describeFailure(error: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (error instanceof CommanderError) {
    return {
      message: error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '),
      exitCode: exitCodes.usage,
    };
  }
  if (error instanceof UsageError) return { message: error.message, exitCode: exitCodes.usage };
  if (isClientError(error)) {
    const message = error.message.replaceAll('baseUrl', '--url');
    return { message: `${message}${adviceFor(error.code)}`, exitCode: exitCodes.noAnswer };
  }
  if (isApiError(error)) {
    const advice = error.status === 401 ? '; give the key of the server as IIB_SECRET_KEY or --key' : '';
    return { message: `the server refused: ${error.message}${advice}`, exitCode: exitCodes.failed };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, exitCode: exitCodes.failed };
}

function adviceFor(code: ClientErrorCode): string {
  switch (code) {
    case 'refused':
      return '; `npx iib-kit` starts a server, IIB_URL or --url names another';
    case 'timeout':
      return '; --timeout lets it take longer';
    default:
      return '';
  }
}
