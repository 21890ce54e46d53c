import path from 'node:path';

import { expect, test } from 'vitest';

import { parseProgramOptions, type ProgramSettings } from './parse-program-options.ts';
import { programOptions } from '../options/program-options.ts';

const standard = {
  port: 8000,
  host: '127.0.0.1',
  trustedProxies: [],
  extraPaths: [],
  exclude: [],
  baseDir: undefined,
  updateImageIndex: false,
  allowCors: false,
  enableShutdown: false,
  sdWebuiConfig: undefined,
  sdWebuiPathRelativeToConfig: false,
  sdWebuiDir: undefined,
  base: '/infinite_image_browsing',
  feDir: undefined,
  dialect: undefined,
  timeZone: undefined,
  watch: false,
  exportFeFn: false,
  dbPath: undefined,
  dbBackups: 4,
  cacheDir: 'iib-cache',
  orphanedAnnotationsDays: 730,
  trashDays: 0,
  trashMaxMb: 0,
  thumbnailCacheMb: 1024,
  thumbnailMaxPixels: 200_000_000,
  thumbnailTimeoutMs: 1800,
  regexpTimeoutMs: 2000,
  pregeneration: undefined,
  secretKey: undefined,
  accessControl: true,
  allowedPaths: undefined,
  permission: 'read-write',
  logLevel: 'warn',
  language: 'en',
  ai: {
    chatModel: 'gpt-4o-mini',
    embeddingModel: 'text-embedding-3-small',
    normalizePrompts: true,
    normalizeMode: 'balanced',
  },
  warnings: [],
};

/** The messages are English whatever the machine speaks. */
const english = { IIB_SERVER_LANG: 'en' };

test('without anything, the defaults hold', () => {
  expect(parseProgramOptions([], english)).toEqual(standard);
});

test.each([
  ['snake case', ['--port', '8123', '--extra_paths', '/a', '/b', '--update_image_index']],
  ['kebab case', ['--port=8123', '--extra-paths', '/a', '/b', '--update-image-index']],
])('%s is understood', (_, args) => {
  expect(parseProgramOptions(args, english)).toEqual({
    ...standard,
    port: 8123,
    extraPaths: ['/a', '/b'],
    updateImageIndex: true,
  });
});

test('--exclude takes patterns as they are written', () => {
  expect(parseProgramOptions(['--exclude', 'drafts', '/a/**'], english)).toEqual({
    ...standard,
    exclude: ['drafts', '/a/**'],
  });
});

test('a value keeps its underscores', () => {
  expect(parseProgramOptions(['--db_path=/my_data/iib_2.db'], {})).toMatchObject({
    dbPath: '/my_data/iib_2.db',
  });
});

test('--allow_cors takes origins, or none for any', () => {
  expect(parseProgramOptions(['--allow_cors'], {})).toMatchObject({ allowCors: true });
  expect(parseProgramOptions(['--allow_cors', 'https://a.example'], {})).toMatchObject({
    allowCors: ['https://a.example'],
  });
});

test('pictures to make beforehand are told by kind and box', () => {
  const args = ['--generate_image_cache', '--generate_image_cache_size', '256x128', '--gen_cache_verbose'];
  expect(parseProgramOptions(args, {})).toMatchObject({
    pregeneration: { images: true, videos: false, width: 256, height: 128, verbose: true },
  });
  expect(parseProgramOptions(['--generate-video-cover'], {})).toMatchObject({
    pregeneration: { images: false, videos: true, width: 512, height: 512, verbose: false },
  });
});

test('the environment fills in, a flag goes before it', () => {
  const environment = {
    IIB_DB_PATH: '/env.db',
    IIB_SECRET_KEY: 'k',
    IIB_ACCESS_CONTROL: 'enable',
    IIB_ACCESS_CONTROL_ALLOWED_PATHS: '/a, /b,',
    IIB_ACCESS_CONTROL_PERMISSION: 'read-only',
    IIB_CACHE_DIR: '/var/cache',
    IIB_DB_FILE_BACKUP_MAX: '0',
    IIB_LOG_LEVEL: 'info',
    IIB_SERVER_LANG: 'zh',
    IIB_PROMPT_NORMALIZE: 'off',
    IIB_PROMPT_NORMALIZE_MODE: 'theme_only',
    OPENAI_API_KEY: 'sk-1',
    OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1',
    AI_MODEL: 'chat',
    EMBEDDING_MODEL: 'embed',
    TOPIC_TITLE_MODEL: 'title',
    IIB_ENABLE_SD_WEBUI_STEALTH_PARSER: 'true',
  };
  expect(parseProgramOptions(['--db_path', '/flag.db'], environment)).toEqual({
    ...standard,
    dbPath: '/flag.db',
    secretKey: 'k',
    allowedPaths: ['/a', '/b'],
    permission: 'read-only',
    cacheDir: path.join('/var/cache', 'iib_cache'),
    dbBackups: 0,
    logLevel: 'info',
    language: 'zh',
    ai: {
      apiKey: 'sk-1',
      baseUrl: 'http://127.0.0.1:1234/v1',
      chatModel: 'chat',
      embeddingModel: 'embed',
      titleModel: 'title',
      normalizePrompts: false,
      normalizeMode: 'theme_only',
    },
  });
  expect(parseProgramOptions([], { IIB_ACCESS_CONTROL: 'disable' })).toMatchObject({ accessControl: false });
  expect(parseProgramOptions(['--cache_dir', '/c'], environment)).toMatchObject({ cacheDir: '/c' });
});

test('an empty variable counts as none', () => {
  const empty = { IIB_SECRET_KEY: '', IIB_ACCESS_CONTROL: ' ', OPENAI_API_KEY: '', ...english };
  expect(parseProgramOptions([], empty)).toEqual(standard);
});

test('a web UI is told by its settings or by its folder', () => {
  expect(parseProgramOptions(['--sd_webui_config', 'c/config.json'], english)).toEqual({
    ...standard,
    sdWebuiConfig: 'c/config.json',
  });
  expect(parseProgramOptions(['--sd_webui_dir', '/sd'], english)).toEqual({
    ...standard,
    sdWebuiDir: '/sd',
    sdWebuiConfig: path.join('/sd', 'config.json'),
    sdWebuiPathRelativeToConfig: true,
  });
  const words = { IIB_ACCESS_CONTROL_ALLOWED_PATHS: 'txt2img,save,/more', ...english };
  expect(parseProgramOptions(['--sd_webui_dir', '/sd'], words)).toMatchObject({
    allowedPaths: ['txt2img', 'save', '/more'],
  });
});

test('more host names, proxies and a shutdown are taken', () => {
  const args = ['--hosts', 'Images.Example', '--trusted_proxies', '10.0.0.0/8', '--enable_shutdown'];
  expect(parseProgramOptions([...args, '--export_fe_fn'], english)).toEqual({
    ...standard,
    hosts: ['localhost', '127.0.0.1', '[::1]', 'images.example'],
    trustedProxies: ['10.0.0.0/8'],
    enableShutdown: true,
    exportFeFn: true,
  });
});

test.each([
  [{ EMBEDDING_MODEL: 'marengo3.0' }, 'EMBEDDING_MODEL=marengo3.0'],
  [{ TWELVELABS_API_KEY: 'tlk_1' }, 'TWELVELABS_API_KEY'],
  [
    { EMBEDDING_MODEL: 'Marengo-retrieval-2.7', TWELVELABS_API_KEY: 'tlk_1' },
    'EMBEDDING_MODEL=Marengo-retrieval-2.7 and TWELVELABS_API_KEY',
  ],
])('%j is named as not supported', (environment, named) => {
  const { warnings } = parseProgramOptions([], { ...environment, ...english }) as ProgramSettings;
  expect(warnings.map((warning) => warning.en)).toEqual([
    `${named}: TwelveLabs is not supported; embeddings need a provider with OpenAI's API, and are made on this machine without one`,
  ]);
});

test('a variable that only looks like ours is a warning', () => {
  const { warnings } = parseProgramOptions([], { IIB_WEATHER_REPORT: '1', ...english }) as ProgramSettings;
  expect(warnings.map((warning) => warning.en)).toEqual(['the variable IIB_WEATHER_REPORT is not known']);
});

test.each([
  [
    ['--host', '0.0.0.0'],
    'without a key, whoever reaches 0.0.0.0 may call the API; set one with IIB_SECRET_KEY',
    '未设置密钥：能访问 0.0.0.0 的任何人都可以调用 API；请用 IIB_SECRET_KEY 设置密钥',
  ],
  [
    ['--allow_cors'],
    'without a key, pages of any origin may call the API; set one with IIB_SECRET_KEY',
    '未设置密钥：任何来源的网页都可以调用 API；请用 IIB_SECRET_KEY 设置密钥',
  ],
  [
    ['--host', 'nas.lan', '--allow_cors', 'https://a.example', 'https://b.example'],
    'without a key, whoever reaches nas.lan and pages of https://a.example, https://b.example may call the API; ' +
      'set one with IIB_SECRET_KEY',
    '未设置密钥：能访问 nas.lan 的任何人以及来自 https://a.example、https://b.example 的网页都可以调用 API；' +
      '请用 IIB_SECRET_KEY 设置密钥',
  ],
])('%j without a key is a warning, with one it is none', (args, en, zh) => {
  const warningsOf = (environment: object) =>
    (parseProgramOptions(args, { ...english, ...environment }) as ProgramSettings).warnings;
  expect(warningsOf({}).map((warning) => [warning.en, warning.in('zh')])).toEqual([[en, zh]]);
  expect(warningsOf({ IIB_SECRET_KEY: 'sesame' })).toEqual([]);
});

test.each([
  ['on loopback', ['--host', '::1']],
  ['where nothing is served', ['--host', '0.0.0.0', '--generate_image_cache']],
])('%s no key is needed', (_, args) => {
  expect((parseProgramOptions(args, english) as ProgramSettings).warnings).toEqual([]);
});

test.each([
  [['--prot', '1'], {}, "unknown option '--prot' (Did you mean --port?)"],
  [['--update_image_indx'], {}, "unknown option '--update-image-indx' (Did you mean --update-image-index?)"],
  [['--port', '80x'], {}, 'option --port must be a number from 0 to 65535, not "80x"'],
  [['--port', '70000'], {}, 'option --port must be a number from 0 to 65535, not "70000"'],
  [
    ['--generate_image_cache', '--generate_image_cache_size', '0x9'],
    {},
    'option --generate_image_cache_size must be WIDTHxHEIGHT, each 1 to 4096, not "0x9"',
  ],
  [
    ['--sd_webui_config', 'c', '--sd_webui_dir', 'd'],
    {},
    '--sd_webui_config cannot be used together with --sd_webui_dir',
  ],
  [
    ['--sd_webui_path_relative_to_config'],
    {},
    '--sd_webui_path_relative_to_config needs --sd_webui_config or --sd_webui_dir',
  ],
  [['--debug', '--log_level', 'info'], {}, '--debug cannot be used together with --log_level'],
  [['--extra_paths', ''], {}, '--extra_paths has an empty name'],
  [
    ['--thumbnail_max_pixels', '0'],
    {},
    'option --thumbnail_max_pixels must be a whole number from 1 to 2147483647, not "0"',
  ],
  [
    ['--log_level', 'verbose'],
    {},
    'option --log_level must be one of silent, error, warn, info, debug, not "verbose"',
  ],
  [[], { IIB_LOG_LEVEL: 'all' }, 'IIB_LOG_LEVEL must be one of silent, error, warn, info, debug, not "all"'],
  [
    [],
    { IIB_DB_FILE_BACKUP_MAX: 'many' },
    'IIB_DB_FILE_BACKUP_MAX must be a number from 0 to 9999, not "many"',
  ],
  [[], { IIB_SECRETKEY: 'k' }, 'the variable IIB_SECRETKEY is not known; did you mean IIB_SECRET_KEY?'],
  [
    [],
    { IIB_ACCESS_CONTROL: 'disable', IIB_ACCESS_CONTROL_ALLOWED_PATHS: '/a' },
    'IIB_ACCESS_CONTROL_ALLOWED_PATHS means nothing while IIB_ACCESS_CONTROL is disable',
  ],
  [
    [],
    { IIB_ACCESS_CONTROL_ALLOWED_PATHS: '/a,txt2img' },
    'txt2img in IIB_ACCESS_CONTROL_ALLOWED_PATHS needs --sd_webui_config or --sd_webui_dir',
  ],
  [['--gen_cache_verbose'], {}, '--gen_cache_verbose needs --generate_image_cache or --generate_video_cover'],
  [['--port'], {}, "option '--port <number>' argument missing"],
  [['folder'], {}, 'too many arguments. Expected 0 arguments but got 1.'],
  [
    [],
    { IIB_ACCESS_CONTROL_PERMISSION: 'readonly' },
    'IIB_ACCESS_CONTROL_PERMISSION must be one of read-write, read-only, write-only, no-access, not "readonly"',
  ],
])('%j with %j is refused in one line that names it', (args, environment, message) => {
  expect(() => parseProgramOptions(args, environment)).toThrow(
    expect.objectContaining({ name: 'UsageError', message }),
  );
});

test.each([
  [['--prot', '1'], "未知选项 '--prot'（是否想用 --port？）"],
  [['--port'], '选项 --port 缺少参数'],
  [['folder'], '有多余的参数'],
  [['--port', 'x'], '选项 --port 应为 0 到 65535 的数字，而不是 "x"'],
])('%j is refused in Chinese', (args, message) => {
  expect(() => parseProgramOptions(args, { IIB_SERVER_LANG: 'zh' })).toThrow(
    expect.objectContaining({ text: expect.objectContaining({ zh: message }) }),
  );
});

test('--help is Chinese where Chinese is spoken', () => {
  const help = parseProgramOptions(['--help'], { IIB_SERVER_LANG: 'zh' });
  const text = 'print' in help ? help.print : '';
  expect(text).toMatch(/^用法：/);
  expect(text).toContain('监听端口；0 表示任选一个空闲端口 (默认 8000)');
});

test('--help names every flag and every variable', () => {
  const help = parseProgramOptions(['--help'], english);
  const names = programOptions.flatMap(({ flag, env }) => [
    ...(flag === undefined ? [] : [`--${flag.replaceAll('_', '-')}`]),
    ...(env === undefined ? [] : [env]),
  ]);
  const text = 'print' in help ? help.print : '';
  expect(names.filter((name) => !text.includes(name))).toEqual([]);
});
