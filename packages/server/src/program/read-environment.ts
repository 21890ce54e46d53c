import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { errorCode } from '../ports/error-code.ts';
import { text } from '../ports/text.ts';
import { UsageError } from '../options/usage-error.ts';

/**
 * The environment, with what a file `.env` in `folder` adds; variables that are set already stay.
 * @throws UsageError for a file that cannot be read as text, and for a line that names a variable of ours and does not set
 * it: without its key the server would be open
 */
export function readEnvironment(
  environment: NodeJS.ProcessEnv,
  folder: string,
): Readonly<Record<string, string | undefined>> {
  const bytes = readIfThere(`${folder}/.env`);
  return bytes === undefined ? environment : { ...parseLines(decode(bytes)), ...environment };
}

/** Node passes over a line that is no assignment, and takes the next one for a part of it. */
function parseLines(content: string): NodeJS.Dict<string> {
  const parsed = parseEnv(content);
  for (const [position, line] of content.split('\n').entries()) {
    const name = /^[^=#]*\b(IIB_\w+)/.exec(line)?.[1];
    if (name === undefined || parsed[name] !== undefined) continue;
    throw new UsageError(
      text(
        `line ${position + 1} of the file .env does not set ${name}; write ${name}=value`,
        `.env 文件第 ${position + 1} 行没有设置 ${name}；请写成 ${name}=值`,
      ),
    );
  }
  return parsed;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    const code = errorCode(cause) ?? String(cause);
    throw new UsageError(text(`the file .env cannot be read (${code})`, `无法读取 .env 文件（${code}）`), {
      cause,
    });
  }
}

/** Editors of Windows write a byte order mark, and `>` of PowerShell 5 writes UTF-16; the decoder skips the mark. */
function decode(bytes: Buffer): string {
  try {
    const decoded = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    if (!decoded.includes('\0')) return decoded;
  } catch (cause) {
    throw notText(cause);
  }
  // UTF-16 without its mark, or no text at all.
  throw notText();
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const mark = bytes.toString('hex', 0, 2);
  if (mark === 'fffe') return 'utf-16le';
  return mark === 'feff' ? 'utf-16be' : 'utf-8';
}

function notText(cause?: unknown): UsageError {
  return new UsageError(
    text(
      'the file .env is neither UTF-8 nor UTF-16 with a byte order mark; save it as UTF-8',
      '.env 文件既不是 UTF-8，也不是带字节顺序标记的 UTF-16；请将其保存为 UTF-8',
    ),
    { cause },
  );
}
