import { dialects } from '../dialects/dialect.ts';
import { promptNormalizeModes } from '../topics/ai-settings.ts';
import { accessPermissions } from '../ports/access-permission.ts';

/** One option of the program: how it is written, where else it may come from, what it does. */
export interface ProgramOption {
  /** In snake case, as IIB writes it; kebab case is accepted alike. Undefined for what only the environment says. */
  readonly flag?: string;
  readonly env?: string;
  /** What follows the flag: nothing, a value, any number of values, or values that may be missing. */
  readonly takes: 'nothing' | 'value' | 'values' | 'optional values';
  readonly placeholder?: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** Options of which one must be given with this one. */
  readonly needs?: readonly string[];
  /** Options that cannot be given with this one. */
  readonly excludes?: readonly string[];
  readonly description: string;
  /** The description in Chinese. */
  readonly chinese: string;
}

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Every option, once: `--help`, the environment, the checks and the docs are made from this table. */
export const programOptions = {
  port: {
    flag: 'port',
    takes: 'value',
    placeholder: 'number',
    default: '8000',
    description: 'Port to listen on; 0 takes any free one',
    chinese: '监听端口；0 表示任选一个空闲端口',
  },
  host: {
    flag: 'host',
    takes: 'value',
    placeholder: 'address',
    default: '127.0.0.1',
    description: 'Address to listen on; 127.0.0.1 is reached from this machine only',
    chinese: '监听地址；127.0.0.1 只能从本机访问',
  },
  hosts: {
    flag: 'hosts',
    takes: 'values',
    placeholder: 'names...',
    description: 'More host names under which the server is reached, through a reverse proxy for example',
    chinese: '服务器的其他主机名，例如经由反向代理访问时',
  },
  trustedProxies: {
    flag: 'trusted_proxies',
    takes: 'values',
    placeholder: 'addresses...',
    description: 'Addresses or networks of reverse proxies whose X-Forwarded-For is believed',
    chinese: '可信反向代理的地址或网段，采信其 X-Forwarded-For',
  },
  extraPaths: {
    flag: 'extra_paths',
    takes: 'values',
    placeholder: 'folders...',
    description: 'Folders of the library; without any, a small sample library is made and served',
    chinese: '图库文件夹；一个也不给时，会生成并展示一个小的示例图库',
  },
  baseDir: {
    flag: 'base_dir',
    takes: 'value',
    placeholder: 'folder',
    description: 'Directory that the grouping API shows at /api; a folder of the library too',
    chinese: '分组 API（/api）所展示的目录；同时也是图库文件夹',
  },
  updateImageIndex: {
    flag: 'update_image_index',
    takes: 'nothing',
    excludes: ['generateImageCache', 'generateVideoCover'],
    description: 'Bring the index up to date at start',
    chinese: '启动时更新图像索引',
  },
  allowCors: {
    flag: 'allow_cors',
    takes: 'optional values',
    placeholder: 'origins...',
    description:
      'Let pages of these origins call the API; of any origin, without credentials, when none is named',
    chinese: '允许这些来源的网页调用 API；不写来源则允许任何来源，但不带凭据',
  },
  enableShutdown: {
    flag: 'enable_shutdown',
    takes: 'nothing',
    description: 'Let `POST /shutdown` end the server',
    chinese: '允许通过 `POST /shutdown` 关闭服务器',
  },
  sdWebuiConfig: {
    flag: 'sd_webui_config',
    takes: 'value',
    placeholder: 'file',
    excludes: ['sdWebuiDir'],
    description: 'The config.json of an SD web UI, whose output folders are library folders then',
    chinese: 'SD web UI 的 config.json，其输出文件夹将成为图库文件夹',
  },
  sdWebuiDir: {
    flag: 'sd_webui_dir',
    takes: 'value',
    placeholder: 'folder',
    description:
      'Folder of an SD web UI: its config.json is read, and the iib.db of its IIB extension used where it has one',
    chinese: 'SD web UI 的文件夹：读取其 config.json；若装有 IIB 扩展，则使用其 iib.db',
  },
  sdWebuiPathRelativeToConfig: {
    flag: 'sd_webui_path_relative_to_config',
    takes: 'nothing',
    needs: ['sdWebuiConfig', 'sdWebuiDir'],
    description: 'Folders in the config.json are relative to it, not to the working folder',
    chinese: 'config.json 中的相对路径以该文件所在的文件夹为准，而不是工作文件夹',
  },
  base: {
    flag: 'base',
    takes: 'value',
    placeholder: 'path',
    default: '/infinite_image_browsing',
    description: 'URL path that the API and the page sit below',
    chinese: 'API 与页面所在的 URL 路径',
  },
  feDir: {
    flag: 'fe_dir',
    takes: 'value',
    placeholder: 'folder',
    description: 'A build of the front end of IIB to serve instead of our own page; switches its dialect on',
    chinese: '要提供的 IIB 前端构建目录，代替自带页面；同时启用其接口方言',
  },
  dialect: {
    flag: 'dialect',
    takes: 'value',
    placeholder: 'name',
    choices: dialects,
    description: 'How answers are written: as the API reference says, or as the front end of IIB reads them',
    chinese: '应答的写法：按 API 文档，或按 IIB 前端所读',
  },
  timeZone: {
    flag: 'time_zone',
    takes: 'value',
    placeholder: 'name',
    description: 'Time zone of dates that are text, such as Europe/Berlin; that of this machine by default',
    chinese: '文本日期所用的时区，例如 Asia/Shanghai；默认为本机时区',
  },
  watch: {
    flag: 'watch',
    takes: 'nothing',
    description: 'Follow the library as it changes, so that new images appear by themselves',
    chinese: '监视图库的变化，使新图片自动出现',
  },
  exportFeFn: {
    flag: 'export_fe_fn',
    takes: 'nothing',
    description:
      "Let pages of the origins of --allow_cors show IIB's front end in a frame and call its functions",
    chinese: '允许 --allow_cors 所列来源的网页以框架嵌入 IIB 前端并调用其函数',
  },
  dbPath: {
    flag: 'db_path',
    env: 'IIB_DB_PATH',
    takes: 'value',
    placeholder: 'file',
    default: 'iib.db',
    description: 'The index, an SQLite file; made when it is not there',
    chinese: '索引所用的 SQLite 文件；没有时会新建',
  },
  cacheDir: {
    flag: 'cache_dir',
    takes: 'value',
    placeholder: 'folder',
    default: 'iib-cache',
    description: 'Where thumbnails are kept',
    chinese: '缩略图的缓存文件夹',
  },
  cacheParent: {
    env: 'IIB_CACHE_DIR',
    takes: 'value',
    description: 'Folder in whose `iib_cache` thumbnails are kept, as IIB has it; --cache_dir goes before it',
    chinese: '缩略图存放在此文件夹的 `iib_cache` 中，与 IIB 相同；--cache_dir 优先',
  },
  generateImageCache: {
    flag: 'generate_image_cache',
    takes: 'nothing',
    description: 'Make the missing thumbnails of all library folders, then end',
    chinese: '生成所有图库文件夹中缺少的缩略图，然后结束',
  },
  generateImageCacheSize: {
    flag: 'generate_image_cache_size',
    takes: 'value',
    placeholder: 'widthxheight',
    default: '512x512',
    description: 'Box of the thumbnails and covers that are made',
    chinese: '所生成缩略图与封面的尺寸',
  },
  generateVideoCover: {
    flag: 'generate_video_cover',
    takes: 'nothing',
    description: 'Make the missing covers of the videos in all library folders, then end',
    chinese: '生成所有图库文件夹中视频缺少的封面，然后结束',
  },
  genCacheVerbose: {
    flag: 'gen_cache_verbose',
    takes: 'nothing',
    needs: ['generateImageCache', 'generateVideoCover'],
    description: 'Print each file for which a thumbnail or cover is made',
    chinese: '打印每个生成了缩略图或封面的文件',
  },
  logLevel: {
    flag: 'log_level',
    env: 'IIB_LOG_LEVEL',
    takes: 'value',
    placeholder: 'level',
    choices: logLevels,
    default: 'warn',
    description: 'What goes to standard error; from info on, a line for each request',
    chinese: '写到标准错误输出的日志级别；info 起记录每个请求',
  },
  secretKey: {
    env: 'IIB_SECRET_KEY',
    takes: 'value',
    description: 'Key that callers must show: `Authorization: Bearer <key>`, or the cookie of IIB',
    chinese: '调用者须出示的密钥：`Authorization: Bearer <key>`，或 IIB 的 cookie',
  },
  accessControl: {
    env: 'IIB_ACCESS_CONTROL',
    takes: 'value',
    choices: ['auto', 'enable', 'disable'],
    default: 'auto',
    description: 'Whether paths outside the allowed folders are refused; on unless disabled',
    chinese: '是否拒绝允许范围之外的路径；除 disable 外均开启',
  },
  allowedPaths: {
    env: 'IIB_ACCESS_CONTROL_ALLOWED_PATHS',
    takes: 'value',
    description:
      'The allowed folders, separated by commas; `txt2img`, `img2img`, `save` and `extra` stand for those of the ' +
      'SD web UI; the folders of the library by default',
    chinese:
      '允许的文件夹，以逗号分隔；`txt2img`、`img2img`、`save`、`extra` 代表 SD web UI 的相应文件夹；默认为图库文件夹',
  },
  permission: {
    env: 'IIB_ACCESS_CONTROL_PERMISSION',
    takes: 'value',
    choices: accessPermissions,
    default: 'read-write',
    description: 'What callers may do',
    chinese: '调用者的权限',
  },
  dbFileBackupMax: {
    env: 'IIB_DB_FILE_BACKUP_MAX',
    takes: 'value',
    default: '4',
    description:
      'How many backups of the index are kept; one is made at the first start of a day; 0 for none',
    chinese: '保留的索引备份数；每天首次启动时备份一次；0 表示不备份',
  },
  serverLang: {
    env: 'IIB_SERVER_LANG',
    takes: 'value',
    choices: ['auto', 'en', 'zh'],
    default: 'auto',
    description: 'Language of messages: English, Chinese, or that of the system',
    chinese: '消息的语言：英文、中文，或跟随系统',
  },
  openaiApiKey: {
    env: 'OPENAI_API_KEY',
    takes: 'value',
    description: 'Key of the provider of embeddings and chat',
    chinese: '向量与对话服务的密钥',
  },
  openaiBaseUrl: {
    env: 'OPENAI_BASE_URL',
    takes: 'value',
    description: "The provider's address, with OpenAI's API; OpenAI itself by default",
    chinese: '服务地址（与 OpenAI API 兼容）；默认为 OpenAI',
  },
  aiModel: {
    env: 'AI_MODEL',
    takes: 'value',
    default: 'gpt-4o-mini',
    description: 'Model for chat',
    chinese: '对话模型',
  },
  embeddingModel: {
    env: 'EMBEDDING_MODEL',
    takes: 'value',
    default: 'text-embedding-3-small',
    description: 'Model for embeddings',
    chinese: '向量模型',
  },
  topicTitleModel: {
    env: 'TOPIC_TITLE_MODEL',
    takes: 'value',
    description: 'Model that names clusters; that of AI_MODEL by default',
    chinese: '为聚类命名的模型；默认同 AI_MODEL',
  },
  promptNormalize: {
    env: 'IIB_PROMPT_NORMALIZE',
    takes: 'value',
    choices: ['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'],
    default: '1',
    description: 'Whether words of quality are taken out of prompts before they are embedded',
    chinese: '计算向量之前是否去掉提示词中的画质词',
  },
  promptNormalizeMode: {
    env: 'IIB_PROMPT_NORMALIZE_MODE',
    takes: 'value',
    choices: promptNormalizeModes,
    default: 'balanced',
    description: 'theme_only takes words of camera and light out too',
    chinese: 'theme_only 会同时去掉镜头与光线用词',
  },
  stealthParser: {
    env: 'IIB_ENABLE_SD_WEBUI_STEALTH_PARSER',
    takes: 'value',
    description:
      'Taken from a .env of IIB and not needed: hidden texts are looked for wherever nothing else is found',
    chinese: '可沿用 IIB 的 .env，但无需设置：找不到其他信息时总会查找隐藏文本',
  },
  extractAllPrompts: {
    env: 'IIB_COMFYUI_EXTRACT_ALL_PROMPTS',
    takes: 'value',
    description: 'Taken from a .env of IIB and not needed: prompts are followed through any graph',
    chinese: '可沿用 IIB 的 .env，但无需设置：会沿任意节点图追踪提示词',
  },
} as const satisfies Record<string, ProgramOption>;

export type ProgramOptionName = keyof typeof programOptions;
