import { languages, text, type Language } from '../ports/text.ts';
import { aiOptions } from './ai-options.ts';
import { launchOptions } from './launch-options.ts';
import {
  option,
  type AnyOption,
  type GivenOptions,
  type OptionSection,
  type ProgramOption,
} from './option.ts';
import { box, type Box } from './read-written.ts';
import { serviceOptions } from './service-options.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The options that the program alone has. */
const ownOptions = {
  updateImageIndex: option<boolean>({
    default: false,
    program: {
      flag: 'update_image_index',
      takes: 'nothing',
      help: text('Bring the index up to date at start', '启动时更新图像索引'),
    },
  }),
  sdWebuiDir: option<string>({
    program: {
      flag: 'sd_webui_dir',
      placeholder: 'folder',
      help: text(
        'Folder of an SD web UI: its config.json is read, and the iib.db of its IIB extension used where it has one',
        'SD web UI 的文件夹：读取其 config.json；若装有 IIB 扩展，则使用其 iib.db',
      ),
    },
  }),
  cacheParent: option<string>({
    program: {
      env: 'IIB_CACHE_DIR',
      help: text(
        'Folder in whose `iib_cache` thumbnails are kept, as IIB has it; --cache_dir goes before it',
        '缩略图存放在此文件夹的 `iib_cache` 中，与 IIB 相同；--cache_dir 优先',
      ),
    },
  }),
  listBackups: option<boolean>({
    default: false,
    program: {
      flag: 'list_backups',
      takes: 'nothing',
      excludes: ['restoreBackup'],
      help: text(
        'List the backups of the index with what they hold, then end',
        '列出索引的备份及其内容，然后结束',
      ),
    },
  }),
  restoreBackup: option<string>({
    program: {
      flag: 'restore_backup',
      placeholder: 'file',
      help: text(
        'Put a backup in the place of the index, which is kept beside it, then end; `newest` for the newest sound one. No server may be running',
        '用备份替换索引（原索引保留在旁边），然后结束；`newest` 表示最新的完好备份。此时服务器不得运行',
      ),
    },
  }),
  generateImageCache: option<boolean>({
    default: false,
    program: {
      flag: 'generate_image_cache',
      takes: 'nothing',
      help: text(
        'Make the missing thumbnails of all library folders, then end',
        '生成所有图库文件夹中缺少的缩略图，然后结束',
      ),
    },
  }),
  generateImageCacheSize: option<Box>({
    program: {
      flag: 'generate_image_cache_size',
      placeholder: 'widthxheight',
      default: '512x512',
      read: box,
      help: text('Box of the thumbnails and covers that are made', '所生成缩略图与封面的尺寸'),
    },
  }),
  generateVideoCover: option<boolean>({
    default: false,
    program: {
      flag: 'generate_video_cover',
      takes: 'nothing',
      help: text(
        'Make the missing covers of the videos in all library folders, then end',
        '生成所有图库文件夹中视频缺少的封面，然后结束',
      ),
    },
  }),
  genCacheVerbose: option<boolean>({
    default: false,
    program: {
      flag: 'gen_cache_verbose',
      takes: 'nothing',
      needs: ['generateImageCache', 'generateVideoCover'],
      help: text(
        'Print each file for which a thumbnail or cover is made',
        '打印每个生成了缩略图或封面的文件',
      ),
    },
  }),
  logLevel: option<LogLevel>({
    default: 'warn',
    choices: logLevels,
    program: {
      flag: 'log_level',
      env: 'IIB_LOG_LEVEL',
      placeholder: 'level',
      help: text(
        'What goes to standard error; from info on, a line for each request',
        '写到标准错误输出的日志级别；info 起记录每个请求',
      ),
    },
  }),
  debug: option<boolean>({
    default: false,
    program: {
      flag: 'debug',
      takes: 'nothing',
      excludes: ['logLevel'],
      help: text('The same as --log_level debug', '等同于 --log_level debug'),
    },
  }),
  /** The option `language`, with one choice more. */
  serverLang: option<'auto' | Language>({
    default: 'auto',
    choices: ['auto', ...languages],
    program: {
      env: 'IIB_SERVER_LANG',
      help: text(
        'Language of messages: English, Chinese, or that of the system',
        '消息的语言：英文、中文，或跟随系统',
      ),
    },
  }),
  stealthParser: option<string>({
    program: {
      env: 'IIB_ENABLE_SD_WEBUI_STEALTH_PARSER',
      help: text(
        'Taken from a .env of IIB and not needed: hidden texts are looked for wherever nothing else is found',
        '可沿用 IIB 的 .env，但无需设置：找不到其他信息时总会查找隐藏文本',
      ),
    },
  }),
  extractAllPrompts: option<string>({
    program: {
      env: 'IIB_COMFYUI_EXTRACT_ALL_PROMPTS',
      help: text(
        'Taken from a .env of IIB and not needed: prompts are followed through any graph',
        '可沿用 IIB 的 .env，但无需设置：会沿任意节点图追踪提示词',
      ),
    },
  }),
} as const satisfies OptionSection;

/** What the program alone was told. */
export type OwnProgramOptions = GivenOptions<typeof ownOptions>;

/** An option that the program knows, whoever else does. */
export interface KnownOption extends ProgramOption {
  readonly name: string;
  /** Used where nothing is written, unless the program has a default of its own. */
  readonly value: unknown;
}

/** Every option that the program knows: `--help`, the environment, the checks and the docs are made from these. */
export const programOptions: readonly KnownOption[] = Object.entries<AnyOption>({
  ...launchOptions,
  ...serviceOptions,
  ...ownOptions,
  ...aiOptions,
}).flatMap(([name, { program, choices, default: value }]) => {
  if (program === undefined) return [];
  const standard = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  return [
    {
      ...(choices === undefined ? {} : { choices: choices.map(String) }),
      ...(standard === undefined ? {} : { default: standard }),
      ...program,
      name,
      value,
    },
  ];
});
