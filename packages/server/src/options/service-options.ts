import path from 'node:path';

import type { ImageIndex } from '@iib-kit/catalog';
import { DEFAULT_BASE } from '@iib-kit/contract';

import type { AllowCors } from '../http/security/origin-check.ts';
import { resolveAiOptions, type AiOptions } from './ai-options.ts';
import { resolveOptions, type OptionTable, type ResolvedOptions } from './option-table.ts';
import { checkOptionNames } from './check-option-names.ts';
import { dialects, type Dialect } from '../dialects/dialect.ts';
import { accessPermissions, type AccessPermission } from '../ports/access-permission.ts';
import type { Logger } from '../ports/logger.ts';
import { resolveLimits, serviceLimits, type ServiceLimits } from './limits.ts';
import { languages, type Language } from '../ports/text.ts';
import { webuiFolderWords } from '../library/webui-config.ts';
import {
  folderList,
  folderName,
  knownTimeZone,
  normaliseBase,
  oneOf,
  origins,
  secretKeyText,
  usableLogger,
  wholeNumber,
} from './option-checks.ts';

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

const consoleLogger: Logger = {
  // oxlint-disable-next-line no-console -- the documented default of `log`
  warn: (details, message) => console.warn(message, details),
  // oxlint-disable-next-line no-console -- the documented default of `log`
  error: (details, message) => console.error(message, details),
};

/** Every option, once: its default, its check and what becomes of it. */
const serviceOptions = {
  base: (given = DEFAULT_BASE) => normaliseBase(given),
  dbPath: (given = 'iib.db') => path.resolve(given),
  stateDir: (given, { index, dbPath = 'iib.db' }) =>
    folderName('stateDir', given) ?? path.resolve(index === undefined ? `${dbPath}-files` : 'iib-files'),
  dbBackups: (given = 0) => wholeNumber('dbBackups', given),
  cacheDir: (given = 'iib-cache') => path.resolve(given),
  extraPaths: (given = []) => folderList('extraPaths', given) ?? [],
  baseDir: (given) => folderName('baseDir', given),
  secretKey: (given) => secretKeyText(given),
  accessControl: (given = true) => given,
  allowedPaths: (given) => folderList('allowedPaths', given, webuiFolderWords),
  permission: (given = 'read-write') => oneOf('permission', given, accessPermissions),
  allowCors: (given = false) => origins(given),
  hosts: (given) => given,
  trustedProxies: (given = []) => [...given],
  trustCallers: (given = false) => given,
  dialect: (given, { feDir }) =>
    oneOf('dialect', given ?? (feDir === undefined ? 'reference' : 'iib-web'), dialects),
  timeZone: (given) => knownTimeZone(given),
  feDir: (given) => (given === undefined ? undefined : path.resolve(given)),
  watch: (given = false) => given,
  sdWebuiConfig: (given) => (given === undefined ? undefined : path.resolve(given)),
  sdWebuiPathRelativeToConfig: (given = false) => given,
  ai: (given) => resolveAiOptions(given),
  onShutdown: (given) => given,
  onSendImage: (given) => given,
  exportFeFn: (given = false) => given,
  limits: (given) => resolveLimits(serviceLimits, given),
  language: (given = 'en') => oneOf('language', given, languages),
  index: (given) => given,
  log: (given = consoleLogger) => usableLogger(given),
} satisfies OptionTable<IibOptions>;

/** Options with their defaults filled in. */
export type ServiceOptions = ResolvedOptions<typeof serviceOptions>;

export const serviceOptionNames: readonly string[] = Object.keys(serviceOptions);

/** Checks and copies options; throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveServiceOptions(options: IibOptions): ServiceOptions {
  checkOptionNames('option', options, serviceOptionNames);
  checkContradictions(options);
  return resolveOptions(serviceOptions, options);
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
