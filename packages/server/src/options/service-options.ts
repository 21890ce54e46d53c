import path from 'node:path';

import type { ImageIndex } from '@iib-kit/catalog';
import { DEFAULT_BASE } from '@iib-kit/contract';

import { dialects, type Dialect } from '../dialects/dialect.ts';
import { loopbackHosts, type AllowCors } from '../http/security/origin-check.ts';
import { webuiFolderWords } from '../library/webui-config.ts';
import { accessPermissions, type AccessPermission } from '../ports/access-permission.ts';
import { consoleLogger } from '../ports/console-logger.ts';
import type { Logger } from '../ports/logger.ts';
import { languages, text, type Language } from '../ports/text.ts';
import type { AiSettings } from '../topics/ai-settings.ts';
import { resolveAiOptions, type AiOptions } from './ai-options.ts';
import { checkOptionNames } from './check-option-names.ts';
import { resolveLimits, serviceLimits, type ServiceLimits } from './limits.ts';
import {
  folderList,
  folderListWithWords,
  folderName,
  hostNames,
  knownTimeZone,
  nonEmptyText,
  normaliseBase,
  origins,
  patternList,
  usableLogger,
  wholeNumber,
  wholeNumberFrom,
  wholeNumberUpTo,
} from './option-checks.ts';
import {
  option,
  resolveOptions,
  type GivenOptions,
  type OptionSection,
  type ResolvedOptions,
} from './option.ts';
import { commaSeparated, count, folders, wholeNumberAbove0, wholeNumberOr0 } from './read-written.ts';

const DEFAULT_DATABASE = 'iib.db';

/** The options of a service, however it is mounted. */
export const serviceOptions = {
  /** URL path that the API sits below. Default `/infinite_image_browsing`; `''` for none. */
  base: option<string>({
    default: DEFAULT_BASE,
    check: normaliseBase,
    program: {
      flag: 'base',
      placeholder: 'path',
      help: text('URL path that the API and the page sit below', 'API 与页面所在的 URL 路径'),
    },
  }),
  /** The SQLite file; made when it is not there. Default `iib.db` in the working folder. */
  dbPath: option<string>({
    default: DEFAULT_DATABASE,
    check: (given) => path.resolve(given),
    program: {
      flag: 'db_path',
      env: 'IIB_DB_PATH',
      placeholder: 'file',
      help: text(
        'The index, an SQLite file; made when it is not there',
        '索引所用的 SQLite 文件；没有时会新建',
      ),
    },
  }),
  /**
   * Folder for the journal of file operations, organize runs, and the trash of what lies outside of all folders.
   * Default: `dbPath` followed by `-files`; with `index`, `iib-files` in the working folder.
   */
  stateDir: option<string>({
    defaultFrom: ({ index, dbPath = DEFAULT_DATABASE }: { index?: unknown; dbPath?: string }) =>
      index === undefined ? `${dbPath}-files` : 'iib-files',
    check: folderName,
  }),
  /** How many copies of the index are kept, made once a day and before work that cannot be undone. Default 0: none are made. */
  dbBackups: option<number>({
    default: 0,
    check: wholeNumber,
    program: {
      env: 'IIB_DB_FILE_BACKUP_MAX',
      default: '4',
      read: count,
      help: text(
        'How many backups of the index are kept; one is made each day, and before work that cannot be undone; 0 for none',
        '保留的索引备份数；每天以及在执行不可撤销的操作之前备份；0 表示不备份',
      ),
    },
  }),
  /**
   * Days that tags, ratings, notes and own texts of images that are gone are kept, for the case that they come back; 0 for
   * good. What lies in the trash, or on a drive that is away, keeps them for as long as it takes. Default 730. Not with
   * `index`.
   */
  orphanedAnnotationsDays: option<number>({
    default: 730,
    check: wholeNumber,
    program: {
      flag: 'orphaned_annotations_days',
      placeholder: 'number',
      read: wholeNumberOr0,
      help: text(
        'Days that tags, ratings and notes of images that are gone are kept for when they come back; 0 for good',
        '消失图像的标签、评分和备注保留的天数，以便图像恢复时使用；0 表示永久保留',
      ),
    },
  }),
  /**
   * Days after which what is in the trash is deleted for good; it is announced in the log a day before. Default 0: never.
   */
  trashDays: option<number>({
    default: 0,
    check: wholeNumber,
    program: {
      flag: 'trash_days',
      placeholder: 'number',
      read: wholeNumberOr0,
      help: text(
        'Days after which what is in the trash is deleted for good, announced in the log a day before; never by default',
        '回收站内容在多少天后永久删除，提前一天写入日志；默认从不删除',
      ),
    },
  }),
  /**
   * Megabytes (1024 x 1024 bytes) of the trash beyond which the oldest is deleted for good; it is announced in the log a day
   * before. Default 0: any size.
   */
  trashMaxMb: option<number>({
    default: 0,
    check: wholeNumber,
    program: {
      flag: 'trash_max_mb',
      placeholder: 'number',
      read: wholeNumberOr0,
      help: text(
        'Megabytes of the trash beyond which the oldest is deleted for good, announced in the log a day before; any size by default',
        '回收站超过多少 MB 后永久删除最早的内容，提前一天写入日志；默认不限',
      ),
    },
  }),
  /** Folder for thumbnails. Default `iib-cache` in the working folder. */
  cacheDir: option<string>({
    default: 'iib-cache',
    check: (given) => path.resolve(given),
    program: {
      flag: 'cache_dir',
      placeholder: 'folder',
      isPath: true,
      help: text('Where thumbnails are kept', '缩略图的缓存文件夹'),
    },
  }),
  /**
   * Pixels of an image or a video frame that a thumbnail or cover is made of, width times height; a JPEG that is not
   * progressive counts as it is decoded, which is smaller. Default 200,000,000.
   */
  thumbnailMaxPixels: option<number>({
    default: 200_000_000,
    check: wholeNumberFrom(1),
    program: {
      flag: 'thumbnail_max_pixels',
      placeholder: 'number',
      read: wholeNumberAbove0,
      help: text(
        'Pixels (width times height) of the largest image or video frame that thumbnails are made of',
        '可生成缩略图的图像或视频帧的最大像素数（宽乘高）',
      ),
    },
  }),
  /**
   * Megabytes of thumbnails and covers that are kept, of 1024 x 1024 bytes; what was not asked for longest goes first.
   * Default 1024.
   */
  thumbnailCacheMb: option<number>({
    default: 1024,
    check: wholeNumberFrom(1),
    program: {
      flag: 'thumbnail_cache_mb',
      placeholder: 'number',
      read: wholeNumberAbove0,
      help: text(
        'Megabytes of thumbnails that are kept; what was not asked for longest goes first',
        '保留的缩略图总大小（MB）；最久未使用的最先清除',
      ),
    },
  }),
  /** Milliseconds that a request waits for one thumbnail or cover, without the wait in the queue. Default 1800. */
  thumbnailTimeoutMs: option<number>({
    default: 1800,
    check: wholeNumberUpTo(3_600_000),
    program: {
      flag: 'thumbnail_timeout_ms',
      placeholder: 'milliseconds',
      read: wholeNumberAbove0,
      help: text(
        'How long a request waits for one thumbnail or cover; raise it for slow drives',
        '请求等待单个缩略图或封面的时间；磁盘较慢时可调高',
      ),
    },
  }),
  /** Milliseconds that a search by regular expression may run before it is answered with 408. Default 2000. */
  regexpTimeoutMs: option<number>({
    default: 2000,
    check: wholeNumberUpTo(3_600_000),
    program: {
      flag: 'regexp_timeout_ms',
      placeholder: 'milliseconds',
      read: wholeNumberAbove0,
      help: text('How long a search by regular expression may run', '正则表达式搜索的最长运行时间'),
    },
  }),
  /** Folders of the library beside those added through the API. Default none. */
  extraPaths: option<readonly string[]>({
    default: [],
    check: folderList,
    program: {
      flag: 'extra_paths',
      takes: 'values',
      placeholder: 'folders...',
      isPath: true,
      read: folders,
      help: text(
        'Folders of the library; without any, a small sample library is made and served',
        '图库文件夹；一个也不给时，会生成并展示一个小的示例图库',
      ),
    },
  }),
  /**
   * Glob patterns of folders and files that are no part of the library, such as `drafts` or the absolute
   * `/pictures/old/**`; one without a slash is compared with names alone. Default none. Folders of systems, such as recycle
   * bins and the thumbnails of network drives, are left out in any case.
   */
  exclude: option<readonly string[]>({
    default: [],
    check: patternList,
    program: {
      flag: 'exclude',
      takes: 'values',
      placeholder: 'patterns...',
      help: text(
        'Glob patterns of folders and files to leave out of the library, such as drafts or "/pictures/old/**"',
        '不纳入图库的文件夹和文件的通配模式，例如 drafts 或 "/pictures/old/**"',
      ),
    },
  }),
  /** The directory that the grouping API (`/api/...`) shows; a library folder too. Default none. */
  baseDir: option<string>({
    check: folderName,
    program: {
      flag: 'base_dir',
      placeholder: 'folder',
      isPath: true,
      help: text(
        'Directory that the grouping API shows at /api; a folder of the library too',
        '分组 API（/api）所展示的目录；同时也是图库文件夹',
      ),
    },
  }),
  /** Key that callers must show. Default none. */
  secretKey: option<string>({
    check: nonEmptyText,
    program: {
      env: 'IIB_SECRET_KEY',
      help: text(
        'Key that callers must show: `Authorization: Bearer <key>`, or the cookie of IIB',
        '调用者须出示的密钥：`Authorization: Bearer <key>`，或 IIB 的 cookie',
      ),
    },
  }),
  /** Whether paths outside the allowed folders are refused. Default `true`. */
  accessControl: option<boolean>({
    default: true,
    program: {
      env: 'IIB_ACCESS_CONTROL',
      choices: ['auto', 'enable', 'disable'],
      default: 'auto',
      read: (written) => written !== 'disable',
      help: text(
        'Whether paths outside the allowed folders are refused; on unless disabled',
        '是否拒绝允许范围之外的路径；除 disable 外均开启',
      ),
    },
  }),
  /**
   * The allowed folders; `txt2img`, `img2img`, `save` and `extra` stand for those of the web UI. Default: the folders
   * of the library.
   */
  allowedPaths: option<readonly string[]>({
    check: folderListWithWords,
    program: {
      env: 'IIB_ACCESS_CONTROL_ALLOWED_PATHS',
      isPath: true,
      words: webuiFolderWords,
      read: commaSeparated,
      help: text(
        'The allowed folders, separated by commas; `txt2img`, `img2img`, `save` and `extra` stand for those of the ' +
          'SD web UI; the folders of the library by default',
        '允许的文件夹，以逗号分隔；`txt2img`、`img2img`、`save`、`extra` 代表 SD web UI 的相应文件夹；默认为图库文件夹',
      ),
    },
  }),
  /** What callers may do. Default `read-write`. */
  permission: option<AccessPermission>({
    default: 'read-write',
    choices: accessPermissions,
    program: {
      env: 'IIB_ACCESS_CONTROL_PERMISSION',
      help: text('What callers may do', '调用者的权限'),
    },
  }),
  /** Origins whose pages may call; `true` for any, without credentials. Default `false`. */
  allowCors: option<AllowCors>({
    default: false,
    check: origins,
    program: {
      flag: 'allow_cors',
      takes: 'optional values',
      placeholder: 'origins...',
      help: text(
        'Let pages of these origins call the API; of any origin, without credentials, when none is named',
        '允许这些来源的网页调用 API；不写来源则允许任何来源，但不带凭据',
      ),
    },
  }),
  /**
   * Host names that requests must carry, or a function that tells whether one, in lower case, will do. Default: any with
   * `secretKey`; without, `localhost`, `127.0.0.1` and `[::1]`, since a page that made its own name point here could call.
   */
  hosts: option<readonly string[] | ((name: string) => boolean)>({
    check: hostNames,
    program: {
      flag: 'hosts',
      takes: 'values',
      placeholder: 'names...',
      read: (written) => [...loopbackHosts, ...written.map((name) => name.toLowerCase())],
      help: text(
        'More host names under which the server is reached, through a reverse proxy for example',
        '服务器的其他主机名，例如经由反向代理访问时',
      ),
    },
  }),
  /** Addresses and networks of reverse proxies whose `X-Forwarded-For` is believed. Default none. */
  trustedProxies: option<readonly string[]>({
    default: [],
    check: (given) => [...given],
    program: {
      flag: 'trusted_proxies',
      takes: 'values',
      placeholder: 'addresses...',
      help: text(
        'Addresses or networks of reverse proxies whose X-Forwarded-For is believed',
        '可信反向代理的地址或网段，采信其 X-Forwarded-For',
      ),
    },
  }),
  /**
   * Whether callers may add library folders outside the allowed ones without a secret key. Default `false`;
   * the stand-alone program says `true` when it listens on loopback only.
   */
  trustCallers: option<boolean>({ default: false }),
  /** How answers are written: as the API reference says, or as the front end of IIB reads them. Default `reference`; with
   * `feDir`, `iib-web`. */
  dialect: option<Dialect>({
    defaultFrom: ({ feDir }: { feDir?: string }) => (feDir === undefined ? 'reference' : 'iib-web'),
    choices: dialects,
    program: {
      flag: 'dialect',
      placeholder: 'name',
      help: text(
        'How answers are written: as the API reference says, or as the front end of IIB reads them',
        '应答的写法：按 API 文档，或按 IIB 前端所读',
      ),
    },
  }),
  /** Time zone of dates that are text, such as `Europe/Berlin`. Default: that of this machine. */
  timeZone: option<string>({
    check: knownTimeZone,
    program: {
      flag: 'time_zone',
      placeholder: 'name',
      help: text(
        'Time zone of dates that are text, such as Europe/Berlin; that of this machine by default',
        '文本日期所用的时区，例如 Asia/Shanghai；默认为本机时区',
      ),
    },
  }),
  /** A build of the front end of IIB, served at the base. Default: a page of our own. */
  feDir: option<string>({
    check: (given) => path.resolve(given),
    program: {
      flag: 'fe_dir',
      placeholder: 'folder',
      isPath: true,
      help: text(
        'A build of the front end of IIB to serve instead of our own page; switches its dialect on',
        '要提供的 IIB 前端构建目录，代替自带页面；同时启用其接口方言',
      ),
    },
  }),
  /** Whether the index follows the library as it changes. Default `false`. */
  watch: option<boolean>({
    default: false,
    program: {
      flag: 'watch',
      takes: 'nothing',
      help: text(
        'Follow the library as it changes, so that new images appear by themselves',
        '监视图库的变化，使新图片自动出现',
      ),
    },
  }),
  /** The `config.json` of an SD web UI, whose output folders are library folders then. Default none. */
  sdWebuiConfig: option<string>({
    check: (given) => path.resolve(given),
    program: {
      flag: 'sd_webui_config',
      placeholder: 'file',
      isPath: true,
      excludes: ['sdWebuiDir'],
      help: text(
        'The config.json of an SD web UI, whose output folders are library folders then',
        'SD web UI 的 config.json，其输出文件夹将成为图库文件夹',
      ),
    },
  }),
  /** Whether folders in `sdWebuiConfig` are relative to it. Default `false`: to the working folder. */
  sdWebuiPathRelativeToConfig: option<boolean>({
    default: false,
    program: {
      flag: 'sd_webui_path_relative_to_config',
      takes: 'nothing',
      needs: ['sdWebuiConfig', 'sdWebuiDir'],
      help: text(
        'Folders in the config.json are relative to it, not to the working folder',
        'config.json 中的相对路径以该文件所在的文件夹为准，而不是工作文件夹',
      ),
    },
  }),
  /** The provider of embeddings and chat. */
  ai: option<AiOptions, AiSettings>({ default: {}, check: resolveAiOptions }),
  /** Called by `POST /shutdown` after it is answered; without it, that endpoint is refused. */
  onShutdown: option<() => void>({}),
  /**
   * Takes an image that `POST /send_img_path` hands over; it is pending until the promise is settled. Default: it
   * stays pending.
   */
  onSendImage: option<(path: string) => void | Promise<void>>({}),
  /** Whether pages of `allowCors` origins may show ours in a frame and call its functions. Default `false`. */
  exportFeFn: option<boolean>({
    default: false,
    program: {
      flag: 'export_fe_fn',
      takes: 'nothing',
      help: text(
        "Let pages of the origins of --allow_cors show IIB's front end in a frame and call its functions",
        '允许 --allow_cors 所列来源的网页以框架嵌入 IIB 前端并调用其函数',
      ),
    },
  }),
  /** What the service takes on at most. */
  limits: option<Partial<ServiceLimits>, ServiceLimits>({
    default: {},
    check: (given) => resolveLimits(serviceLimits, given),
  }),
  /** Language of messages. Default `en`. */
  language: option<Language>({ default: 'en', choices: languages }),
  /** An index to use instead of opening `dbPath`; closed with the service. */
  index: option<ImageIndex | (() => Promise<ImageIndex>)>({}),
  /** A pino logger, or another with `warn` and `error`. Default: warnings and errors go to `console`. */
  log: option<Logger>({ default: consoleLogger, check: usableLogger }),
} as const satisfies OptionSection;

/** How to open a service. All are optional. */
export interface IibOptions extends GivenOptions<typeof serviceOptions> {}

/** Options with their defaults filled in. */
export type ServiceOptions = ResolvedOptions<typeof serviceOptions>;

/** Checks and copies options; throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveServiceOptions(options: IibOptions): ServiceOptions {
  checkOptionNames('option', options, Object.keys(serviceOptions));
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
  if (options.index !== undefined && options.regexpTimeoutMs !== undefined) {
    throw new TypeError('option regexpTimeoutMs means nothing beside index, which has its own');
  }
  if (options.index !== undefined && options.exclude !== undefined) {
    throw new TypeError('option exclude means nothing beside index, which has its own');
  }
  if (options.sdWebuiPathRelativeToConfig === true && options.sdWebuiConfig === undefined) {
    throw new TypeError('option sdWebuiPathRelativeToConfig needs sdWebuiConfig');
  }
  const word = options.allowedPaths?.find((name) => webuiFolderWords.some((known) => known === name));
  if (word !== undefined && options.sdWebuiConfig === undefined) {
    throw new TypeError(`${JSON.stringify(word)} in option allowedPaths needs sdWebuiConfig`);
  }
}
