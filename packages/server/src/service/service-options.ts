import path from 'node:path';

import type { ImageIndex } from '@iib-kit/catalog';
import { DEFAULT_BASE } from '@iib-kit/contract';

import type { AllowCors } from '../http/security/origin-check.ts';
import type { AiSettings } from '../topics/ai-settings.ts';
import { resolveAiOptions, type AiOptions } from './ai-options.ts';
import { checkOptionNames } from './check-option-names.ts';
import { dateTextIn } from '../dialects/date-text.ts';
import { dialects, type Dialect } from '../dialects/dialect.ts';
import { accessPermissions, type AccessPermission } from '../ports/access-permission.ts';
import type { Logger } from '../ports/logger.ts';
import { resolveLimits, serviceLimits, type ServiceLimits } from './limits.ts';
import { languages, type Language } from '../ports/text.ts';
import { webuiFolderWords } from '../library/webui-config.ts';

/** How to open a service. All are optional. */
export interface IibOptions {
  /** URL path that the API sits below. Default `/infinite_image_browsing`; `''` for none. */
  base?: string;
  /** The SQLite file; made when it is not there. Default `iib.db` in the working folder. */
  dbPath?: string;
  /**
   * Folder for the journal of file operations, organize runs, and the trash of what lies outside of all folders.
   * Default: `dbPath` followed by `-files`; with `index`, `iib-files` in the working folder.
   */
  stateDir?: string;
  /** How many copies of the index are kept, made at the first start of a day. Default 0: none are made. */
  dbBackups?: number;
  /** Folder for thumbnails. Default `iib-cache` in the working folder. */
  cacheDir?: string;
  /** Folders of the library beside those added through the API. Default none. */
  extraPaths?: readonly string[];
  /** The directory that the grouping API (`/api/...`) shows; a library folder too. Default none. */
  baseDir?: string;
  /** Key that callers must show. Default none. */
  secretKey?: string;
  /** Whether paths outside the allowed folders are refused. Default `true`. */
  accessControl?: boolean;
  /**
   * The allowed folders; `txt2img`, `img2img`, `save` and `extra` stand for those of the web UI. Default: the folders
   * of the library.
   */
  allowedPaths?: readonly string[];
  /** What callers may do. Default `read-write`. */
  permission?: AccessPermission;
  /** Origins whose pages may call; `true` for any, without credentials. Default `false`. */
  allowCors?: AllowCors;
  /** Host names that requests must carry, or a function that tells whether one will do. Default: any. */
  hosts?: readonly string[] | ((name: string) => boolean);
  /** Addresses and networks of reverse proxies whose `X-Forwarded-For` is believed. Default none. */
  trustedProxies?: readonly string[];
  /**
   * Whether callers may add library folders outside the allowed ones without a secret key. Default `false`;
   * the stand-alone program says `true` when it listens on loopback only.
   */
  trustCallers?: boolean;
  /** How answers are written: as the API reference says, or as the front end of IIB reads them. Default `reference`; with
   * `feDir`, `iib-web`. */
  dialect?: Dialect;
  /** Time zone of dates that are text, such as `Europe/Berlin`. Default: that of this machine. */
  timeZone?: string;
  /** A build of the front end of IIB, served at the base. Default: a page of our own. */
  feDir?: string;
  /** Whether the index follows the library as it changes. Default `false`. */
  watch?: boolean;
  /** The `config.json` of an SD web UI, whose output folders are library folders then. Default none. */
  sdWebuiConfig?: string;
  /** Whether folders in `sdWebuiConfig` are relative to it. Default `false`: to the working folder. */
  sdWebuiPathRelativeToConfig?: boolean;
  /** The provider of embeddings and chat. */
  ai?: AiOptions;
  /** Called by `POST /shutdown` after it is answered; without it, that endpoint is refused. */
  onShutdown?: () => void;
  /**
   * Takes an image that `POST /send_img_path` hands over; it is pending until the promise is settled. Default: it
   * stays pending.
   */
  onSendImage?: (path: string) => void | Promise<void>;
  /** Whether pages of `allowCors` origins may show ours in a frame and call its functions. Default `false`. */
  exportFeFn?: boolean;
  /** What the service takes on at most. */
  limits?: Partial<ServiceLimits>;
  /** Language of messages. Default `en`. */
  language?: Language;
  /** An index to use instead of opening `dbPath`; closed with the service. */
  index?: ImageIndex | (() => Promise<ImageIndex>);
  /** A pino logger, or another with `warn` and `error`. Default: warnings and errors go to `console`. */
  log?: Logger;
}

/** Options with their defaults filled in. */
export interface ServiceOptions extends Readonly<Required<Omit<IibOptions, OptionalOption>>> {
  readonly secretKey: string | undefined;
  readonly baseDir: string | undefined;
  readonly allowedPaths: readonly string[] | undefined;
  readonly hosts: IibOptions['hosts'] | undefined;
  readonly sdWebuiConfig: string | undefined;
  readonly onShutdown: (() => void) | undefined;
  readonly onSendImage: IibOptions['onSendImage'] | undefined;
  readonly ai: AiSettings;
  readonly limits: ServiceLimits;
  readonly timeZone: string | undefined;
  readonly feDir: string | undefined;
  readonly index: IibOptions['index'] | undefined;
}
type OptionalOption =
  | 'secretKey'
  | 'baseDir'
  | 'allowedPaths'
  | 'hosts'
  | 'sdWebuiConfig'
  | 'onShutdown'
  | 'onSendImage'
  | 'ai'
  | 'limits'
  | 'timeZone'
  | 'feDir'
  | 'index';

/** Checks and copies options; throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveServiceOptions(options: IibOptions): ServiceOptions {
  checkOptionNames('option', options, serviceOptionNames);
  checkContradictions(options);
  checkSecretKey(options.secretKey);
  checkLog(options.log);
  const { permission = 'read-write', timeZone, feDir } = options;
  const dialect = options.dialect ?? (feDir === undefined ? 'reference' : 'iib-web');
  checkChoice('permission', permission, accessPermissions);
  checkChoice('dialect', dialect, dialects);
  checkChoice('language', options.language ?? 'en', languages);
  checkTimeZone(timeZone);
  return Object.freeze({
    secretKey: options.secretKey,
    hosts: options.hosts,
    index: options.index,
    base: normaliseBase(options.base ?? DEFAULT_BASE),
    dbPath: path.resolve(options.dbPath ?? 'iib.db'),
    stateDir: stateFolder(options),
    dbBackups: count('dbBackups', options.dbBackups ?? 0),
    cacheDir: path.resolve(options.cacheDir ?? 'iib-cache'),
    extraPaths: folderList('extraPaths', options.extraPaths) ?? [],
    baseDir: folderName('baseDir', options.baseDir),
    accessControl: options.accessControl ?? true,
    allowedPaths: folderList('allowedPaths', options.allowedPaths, webuiFolderWords),
    permission,
    allowCors: origins(options.allowCors),
    trustedProxies: [...(options.trustedProxies ?? [])],
    trustCallers: options.trustCallers ?? false,
    feDir: feDir === undefined ? undefined : path.resolve(feDir),
    watch: options.watch ?? false,
    sdWebuiConfig: options.sdWebuiConfig === undefined ? undefined : path.resolve(options.sdWebuiConfig),
    sdWebuiPathRelativeToConfig: options.sdWebuiPathRelativeToConfig ?? false,
    ai: resolveAiOptions(options.ai),
    onShutdown: options.onShutdown,
    onSendImage: options.onSendImage,
    exportFeFn: options.exportFeFn ?? false,
    language: options.language ?? 'en',
    limits: resolveLimits(serviceLimits, options.limits),
    dialect,
    timeZone,
    log: options.log ?? consoleLogger,
  });
}

export const serviceOptionNames: ReadonlySet<string> = new Set<keyof IibOptions>([
  'base',
  'dbPath',
  'stateDir',
  'dbBackups',
  'cacheDir',
  'extraPaths',
  'baseDir',
  'secretKey',
  'accessControl',
  'allowedPaths',
  'permission',
  'allowCors',
  'hosts',
  'trustedProxies',
  'trustCallers',
  'feDir',
  'watch',
  'sdWebuiConfig',
  'sdWebuiPathRelativeToConfig',
  'ai',
  'onShutdown',
  'onSendImage',
  'exportFeFn',
  'language',
  'limits',
  'dialect',
  'timeZone',
  'index',
  'log',
]);

function checkChoice<T>(name: string, value: T, choices: readonly T[]): void {
  if (choices.includes(value)) return;
  throw new RangeError(`option ${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
}

function checkContradictions(options: IibOptions): void {
  if (options.accessControl === false && options.allowedPaths !== undefined) {
    throw new TypeError('option allowedPaths means nothing while accessControl is false');
  }
  if (options.index !== undefined && options.dbPath !== undefined) {
    throw new TypeError('option dbPath means nothing beside index');
  }
  if (options.sdWebuiPathRelativeToConfig === true && options.sdWebuiConfig === undefined) {
    throw new TypeError('option sdWebuiPathRelativeToConfig needs sdWebuiConfig');
  }
  const word = options.allowedPaths?.find((name) => webuiFolderWords.some((known) => known === name));
  if (word !== undefined && options.sdWebuiConfig === undefined) {
    throw new TypeError(`${JSON.stringify(word)} in option allowedPaths needs sdWebuiConfig`);
  }
}

function stateFolder({ stateDir, index, dbPath = 'iib.db' }: IibOptions): string {
  return (
    folderName('stateDir', stateDir) ?? path.resolve(index === undefined ? `${dbPath}-files` : 'iib-files')
  );
}

/** An empty key would be one that everybody knows. */
function folderName(name: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  if (typeof folder !== 'string' || folder === '')
    throw new TypeError(`option ${name} must be a folder name`);
  return path.resolve(folder);
}

function checkSecretKey(secretKey: string | undefined): void {
  if (secretKey === undefined || (typeof secretKey === 'string' && secretKey.trim() !== '')) return;
  throw new TypeError('option secretKey must be a text that is not empty');
}

function checkLog(log: Logger | undefined): void {
  if (log === undefined || (typeof log.warn === 'function' && typeof log.error === 'function')) return;
  throw new TypeError('option log must be a logger with warn and error');
}

/** `https://a.example/` is the origin `https://a.example`; browsers never send more of an address. */
function origins(allowCors: AllowCors = false): AllowCors {
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

function count(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`option ${name} must be a whole number from 0 up, not ${JSON.stringify(value)}`);
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

/** Absolute folders; `words` stay as they are. */
function folderList(
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

const consoleLogger: Logger = {
  // oxlint-disable-next-line no-console -- the documented default of `log`
  warn: (details, message) => console.warn(message, details),
  // oxlint-disable-next-line no-console -- the documented default of `log`
  error: (details, message) => console.error(message, details),
};
