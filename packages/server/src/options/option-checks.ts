import path from 'node:path';

import { dateTextIn } from '../dialects/date-text.ts';
import type { AllowCors } from '../http/security/origin-check.ts';
import type { Logger } from '../ports/logger.ts';
import { webuiFolderWords } from '../library/webui-config.ts';

export function oneOf<T>(name: string, value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value;
  throw new RangeError(`option ${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
}

/** An absolute folder. An empty name would be the working folder, which nobody means. */
export function folderName(folder: string, name: string): string {
  if (typeof folder === 'string' && folder !== '') return path.resolve(folder);
  throw new TypeError(`option ${name} must be a folder name`);
}

/** Absolute folders. */
export function folderList(folders: readonly string[], name: string): readonly string[] {
  return foldersOrWords(folders, name, []);
}

/** Absolute folders; words for folders of the web UI stay as they are. */
export function folderListWithWords(folders: readonly string[], name: string): readonly string[] {
  return foldersOrWords(folders, name, webuiFolderWords);
}

function foldersOrWords(
  folders: readonly string[],
  name: string,
  words: readonly string[],
): readonly string[] {
  if (!Array.isArray(folders) || folders.some((folder) => typeof folder !== 'string' || folder === '')) {
    throw new TypeError(`option ${name} must be a list of folder names`);
  }
  return folders.map((folder: string) => (words.includes(folder) ? folder : path.resolve(folder)));
}

/** Patterns as they were given. */
export function patternList(patterns: readonly string[], name: string): readonly string[] {
  if (Array.isArray(patterns) && patterns.every((pattern) => typeof pattern === 'string' && pattern !== ''))
    return [...patterns];
  throw new TypeError(`option ${name} must be a list of patterns`);
}

/** The value is not repeated: it may be a key that stands in the wrong place. An empty key would be one that everybody knows. */
export function nonEmptyText(value: string, name: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new TypeError(`option ${name} must be a text that is not empty`);
}

export function webAddress(value: string, name: string): string {
  const address = nonEmptyText(value, name);
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new RangeError(`option ${name} must be an http or https address`);
}

export function trueOrFalse(value: boolean, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`option ${name} must be true or false`);
}

export function usableLogger(log: Logger, name: string): Logger {
  if (typeof log.warn === 'function' && typeof log.error === 'function') return log;
  throw new TypeError(`option ${name} must be a logger with warn and error`);
}

/** `https://a.example/` is the origin `https://a.example`; browsers never send more of an address. */
export function origins(allowCors: AllowCors, name: string): AllowCors {
  if (typeof allowCors === 'boolean') return allowCors;
  return allowCors.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin = url !== undefined && url.origin !== 'null' && url.href === `${url.origin}/`;
    if (isOrigin) return url.origin;
    throw new RangeError(
      `option ${name} must list origins such as https://a.example, not ${JSON.stringify(text)}`,
    );
  });
}

/** Names as they are compared: in lower case, as URLs have them. */
export function hostNames<Test extends (name: string) => boolean>(
  hosts: readonly string[] | Test,
  name: string,
): readonly string[] | Test {
  if (typeof hosts === 'function') return hosts;
  if (Array.isArray(hosts) && hosts.every((host) => typeof host === 'string' && host !== ''))
    return hosts.map((host: string) => host.toLowerCase());
  throw new TypeError(`option ${name} must be a list of host names or a function`);
}

export function wholeNumber(value: number, name: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`option ${name} must be a whole number from 0 up, not ${JSON.stringify(value)}`);
}

/** Timers take no more. */
export const MAX_WHOLE = 2 ** 31 - 1;

/** A check for whole numbers from `least` to what timers take. */
export function wholeNumberFrom(least: number): (value: number, name: string) => number {
  return wholeNumberIn(least, MAX_WHOLE);
}

/** A check for whole numbers above 0 and up to `most`. */
export function wholeNumberUpTo(most: number): (value: number, name: string) => number {
  return wholeNumberIn(1, most);
}

function wholeNumberIn(least: number, most: number): (value: number, name: string) => number {
  return (value, name) => {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const range = `from ${least} to ${most}`;
    throw new RangeError(`option ${name} must be a whole number ${range}, not ${JSON.stringify(value)}`);
  };
}

export function knownTimeZone(timeZone: string, name: string): string {
  try {
    dateTextIn(timeZone);
  } catch (cause) {
    throw new RangeError(`option ${name} must name a time zone, not ${JSON.stringify(timeZone)}`, { cause });
  }
  return timeZone;
}

/** `/x/`, `x` and `/x` are all `/x`; `/` is `''`. */
export function normaliseBase(base: string, name: string): string {
  const trimmed = base.replace(/^\/+|\/+$/g, '');
  if (!/^[\w.~\-/]*$/.test(trimmed)) {
    throw new RangeError(`option ${name} must be a plain URL path, not ${JSON.stringify(base)}`);
  }
  return trimmed === '' ? '' : `/${trimmed}`;
}
