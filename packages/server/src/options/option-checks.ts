import path from 'node:path';

import { dateTextIn } from '../dialects/date-text.ts';
import type { AllowCors } from '../http/security/origin-check.ts';
import type { Logger } from '../ports/logger.ts';

export function oneOf<T>(name: string, value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value;
  throw new RangeError(`option ${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
}

/** An absolute folder. An empty name would be the working folder, which nobody means. */
export function folderName(name: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  if (typeof folder !== 'string' || folder === '')
    throw new TypeError(`option ${name} must be a folder name`);
  return path.resolve(folder);
}

/** Absolute folders; `words` stay as they are. */
export function folderList(
  name: string,
  folders: readonly string[] | undefined,
  words: readonly string[] = [],
): readonly string[] | undefined {
  if (folders === undefined) return undefined;
  if (!Array.isArray(folders) || folders.some((folder) => typeof folder !== 'string' || folder === '')) {
    throw new TypeError(`option ${name} must be a list of folder names`);
  }
  return folders.map((folder: string) => (words.includes(folder) ? folder : path.resolve(folder)));
}

/** An empty key would be one that everybody knows. */
export function secretKeyText(secretKey: string | undefined): string | undefined {
  if (secretKey === undefined || (typeof secretKey === 'string' && secretKey.trim() !== '')) return secretKey;
  throw new TypeError('option secretKey must be a text that is not empty');
}

export function usableLogger(log: Logger): Logger {
  if (typeof log.warn === 'function' && typeof log.error === 'function') return log;
  throw new TypeError('option log must be a logger with warn and error');
}

/** `https://a.example/` is the origin `https://a.example`; browsers never send more of an address. */
export function origins(allowCors: AllowCors): AllowCors {
  if (typeof allowCors === 'boolean') return allowCors;
  return allowCors.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin = url !== undefined && url.origin !== 'null' && url.href === `${url.origin}/`;
    if (isOrigin) return url.origin;
    throw new RangeError(
      `option allowCors must list origins such as https://a.example, not ${JSON.stringify(text)}`,
    );
  });
}

export function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`option ${name} must be a whole number from 0 up, not ${JSON.stringify(value)}`);
}

export function knownTimeZone(timeZone: string | undefined): string | undefined {
  try {
    dateTextIn(timeZone);
  } catch (cause) {
    throw new RangeError(`option timeZone must name a time zone, not ${JSON.stringify(timeZone)}`, { cause });
  }
  return timeZone;
}

/** `/x/`, `x` and `/x` are all `/x`; `/` is `''`. */
export function normaliseBase(base: string): string {
  const trimmed = base.replace(/^\/+|\/+$/g, '');
  if (!/^[\w.~\-/]*$/.test(trimmed)) {
    throw new RangeError(`option base must be a plain URL path, not ${JSON.stringify(base)}`);
  }
  return trimmed === '' ? '' : `/${trimmed}`;
}
