import path from 'node:path';

import { DEFAULT_BASE } from '@iib-kit/contract';

import type { AllowCors } from './access/origin-check.ts';
import { dateTextIn } from './dialects/date-text.ts';
import { dialects, type Dialect } from './dialects/dialect.ts';
import type { ImageIndex } from './image-index.ts';

export const accessPermissions = ['read-write', 'read-only', 'write-only'] as const;
export type AccessPermission = (typeof accessPermissions)[number];

/** The two members of a logger that the server calls; pino and console both have them. */
export interface Logger {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** How to open a service. All are optional. */
export interface IibOptions {
  /** URL path that the API sits below. Default `/infinite_image_browsing`; `''` for none. */
  base?: string;
  /** The SQLite file; made when it is not there. Default `iib.db` in the working folder. */
  dbPath?: string;
  /** Folder for thumbnails. Default `iib-cache` in the working folder. */
  cacheDir?: string;
  /** Folders of the library beside those added through the API. Default none. */
  extraPaths?: readonly string[];
  /** Key that callers must show. Default none. */
  secretKey?: string;
  /** Whether paths outside the allowed folders are refused. Default `true`. */
  accessControl?: boolean;
  /** The allowed folders. Default: the folders of the library. */
  allowedPaths?: readonly string[];
  /** What callers may do. Default `read-write`. */
  permission?: AccessPermission;
  /** Origins whose pages may call; `true` for any, without credentials. Default `false`. */
  allowCors?: AllowCors;
  /** Host names that requests must carry. Default: any. */
  hosts?: readonly string[];
  /**
   * Whether callers may add library folders outside the allowed ones without a secret key. Default `false`;
   * the stand-alone program says `true` when it listens on loopback only.
   */
  trustCallers?: boolean;
  /** How answers are written: as the API reference says, or as the front end of IIB reads them. Default `reference`. */
  dialect?: Dialect;
  /** Time zone of dates that are text, such as `Europe/Berlin`. Default: that of this machine. */
  timeZone?: string;
  /** An index to use instead of opening `dbPath`; closed with the service. */
  index?: ImageIndex | (() => Promise<ImageIndex>);
  /** Default: warnings and errors go to `console`. */
  log?: Logger;
}

/** Options with their defaults filled in. */
export interface ServiceOptions extends Readonly<Required<Omit<IibOptions, OptionalOption>>> {
  readonly secretKey: string | undefined;
  readonly allowedPaths: readonly string[] | undefined;
  readonly hosts: readonly string[] | undefined;
  readonly timeZone: string | undefined;
  readonly index: IibOptions['index'] | undefined;
}
type OptionalOption = 'secretKey' | 'allowedPaths' | 'hosts' | 'timeZone' | 'index';

/** Checks and copies options; throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveServiceOptions(options: IibOptions): ServiceOptions {
  for (const name of Object.keys(options)) {
    if (!optionNames.has(name)) throw new TypeError(`unknown option ${JSON.stringify(name)}`);
  }
  const { permission = 'read-write', dialect = 'reference', timeZone } = options;
  checkChoice('permission', permission, accessPermissions);
  checkChoice('dialect', dialect, dialects);
  checkTimeZone(timeZone);
  return Object.freeze({
    secretKey: options.secretKey,
    hosts: options.hosts,
    index: options.index,
    base: normaliseBase(options.base ?? DEFAULT_BASE),
    dbPath: path.resolve(options.dbPath ?? 'iib.db'),
    cacheDir: path.resolve(options.cacheDir ?? 'iib-cache'),
    extraPaths: folderList('extraPaths', options.extraPaths) ?? [],
    accessControl: options.accessControl ?? true,
    allowedPaths: folderList('allowedPaths', options.allowedPaths),
    permission,
    allowCors: options.allowCors ?? false,
    trustCallers: options.trustCallers ?? false,
    dialect,
    timeZone,
    log: options.log ?? consoleLogger,
  });
}

const optionNames: ReadonlySet<string> = new Set<keyof IibOptions>([
  'base',
  'dbPath',
  'cacheDir',
  'extraPaths',
  'secretKey',
  'accessControl',
  'allowedPaths',
  'permission',
  'allowCors',
  'hosts',
  'trustCallers',
  'dialect',
  'timeZone',
  'index',
  'log',
]);

function checkChoice<T>(name: string, value: T, choices: readonly T[]): void {
  if (choices.includes(value)) return;
  throw new RangeError(`option ${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
}

function checkTimeZone(timeZone: string | undefined): void {
  try {
    dateTextIn(timeZone);
  } catch (cause) {
    throw new RangeError(`option timeZone must name a time zone, not ${JSON.stringify(timeZone)}`, { cause });
  }
}

/** `/x/`, `x` and `/x` are all `/x`; `/` is `''`. */
function normaliseBase(base: string): string {
  const trimmed = base.replace(/^\/+|\/+$/g, '');
  if (!/^[\w.~\-/]*$/.test(trimmed)) {
    throw new RangeError(`option base must be a plain URL path, not ${JSON.stringify(base)}`);
  }
  return trimmed === '' ? '' : `/${trimmed}`;
}

function folderList(name: string, folders: readonly string[] | undefined): readonly string[] | undefined {
  if (folders === undefined) return undefined;
  if (!Array.isArray(folders) || folders.some((folder) => typeof folder !== 'string' || folder === '')) {
    throw new TypeError(`option ${name} must be a list of folder names`);
  }
  return folders.map((folder: string) => path.resolve(folder));
}

const consoleLogger: Logger = {
  // oxlint-disable-next-line no-console -- the documented default of `log`
  warn: (details, message) => console.warn(message, details),
  // oxlint-disable-next-line no-console -- the documented default of `log`
  error: (details, message) => console.error(message, details),
};
