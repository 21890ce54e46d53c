import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { errorCode } from '../ports/error-code.ts';
import { text } from '../ports/text.ts';
import { UsageError } from '../options/usage-error.ts';

/** The environment, with what a file `.env` in `folder` adds; variables that are set already stay. */
export function readEnvironment(
  environment: NodeJS.ProcessEnv,
  folder: string,
): Readonly<Record<string, string | undefined>> {
  try {
    return { ...parseEnv(readFileSync(`${folder}/.env`, 'utf8')), ...environment };
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return environment;
    const code = errorCode(cause) ?? String(cause);
    throw new UsageError(text(`the file .env cannot be read (${code})`, `无法读取 .env 文件（${code}）`), {
      cause,
    });
  }
}
