import path from 'node:path';

import { promptNormalizeModes } from '../topics/ai-settings.ts';
import { type AiOptions } from '../options/ai-options.ts';
import { dialects } from '../dialects/dialect.ts';
import { accessPermissions } from '../ports/access-permission.ts';
import { text, type Language, type Text } from '../ports/text.ts';
import { webuiFolderWords } from '../library/webui-config.ts';
import { readCommandLine } from './command-line.ts';
import {
  checkVariables,
  optionValues,
  type Environment,
  type GivenOptions,
  type OptionValues,
} from './option-values.ts';
import { programLanguage } from './program-language.ts';
import { logLevels, type ProgramOptionName } from '../options/program-options.ts';
import { UsageError } from '../options/usage-error.ts';

/** What the program was asked to do. */
export interface ProgramSettings extends Readonly<ReturnType<typeof settings>> {
  readonly language: Language;
  /** What is odd and does not keep the program from going on. */
  readonly warnings: readonly Text[];
}

/** Which missing thumbnails and covers to make. */
export interface PregenerationSettings {
  readonly images: boolean;
  readonly videos: boolean;
  readonly width: number;
  readonly height: number;
  readonly verbose: boolean;
}

/**
 * Reads the command line (without node and script) and the environment; a flag goes before a variable.
 * @returns the settings, or the text to print where `--help` or `--version` asks for one
 * @throws UsageError with one line that names what is wrong
 */
export function parseProgramOptions(
  args: readonly string[],
  environment: Environment,
): ProgramSettings | { readonly print: string } {
  const language = programLanguage(environment);
  const line = readCommandLine(args, language);
  if ('print' in line) return line;
  const warnings = checkVariables(environment);
  return { ...settings(optionValues(line.flags, environment)), language, warnings };
}

function settings({ values, given }: GivenOptions) {
  const word = (name: ProgramOptionName) => String(values[name]);
  const optional = (name: ProgramOptionName) => (values[name] === undefined ? undefined : word(name));
  const sdWebuiDir = optional('sdWebuiDir');
  const sdWebuiConfig =
    sdWebuiDir === undefined ? optional('sdWebuiConfig') : path.join(sdWebuiDir, 'config.json');
  const accessControl = values.accessControl !== 'disable';
  return {
    port: parsePort(word('port')),
    host: word('host'),
    hosts: stringList(values.hosts).map((name) => name.toLowerCase()),
    trustedProxies: stringList(values.trustedProxies),
    extraPaths: folders(stringList(values.extraPaths)),
    baseDir: optional('baseDir'),
    updateImageIndex: values.updateImageIndex === true,
    allowCors: values.allowCors === true || (values.allowCors !== undefined && stringList(values.allowCors)),
    enableShutdown: values.enableShutdown === true,
    sdWebuiConfig,
    sdWebuiPathRelativeToConfig: sdWebuiDir !== undefined || values.sdWebuiPathRelativeToConfig === true,
    /** Its database is used where it has one and none is named. */
    sdWebuiDir,
    base: word('base'),
    feDir: optional('feDir'),
    /** Undefined where the front end decides. */
    dialect: dialects.find((name) => name === values.dialect),
    timeZone: optional('timeZone'),
    watch: values.watch === true,
    exportFeFn: values.exportFeFn === true,
    dbPath: given.has('dbPath') ? word('dbPath') : undefined,
    dbBackups: parseCount('IIB_DB_FILE_BACKUP_MAX', word('dbFileBackupMax')),
    cacheDir: given.has('cacheDir')
      ? word('cacheDir')
      : (underParent(optional('cacheParent')) ?? word('cacheDir')),
    pregeneration: pregenerationSettings(values),
    secretKey: optional('secretKey'),
    accessControl,
    allowedPaths: allowedPaths(values.allowedPaths, { accessControl, hasWebui: sdWebuiConfig !== undefined }),
    permission: accessPermissions.find((name) => name === values.permission) ?? 'read-write',
    logLevel: logLevels.find((level) => level === values.logLevel) ?? 'warn',
    ai: aiOptions(values, optional),
  };
}

/** IIB's own name for the cache in a folder that may hold other things. */
function underParent(folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : path.join(folder, 'iib_cache');
}

function aiOptions(
  values: OptionValues,
  optional: (name: ProgramOptionName) => string | undefined,
): AiOptions {
  const texts = {
    apiKey: optional('openaiApiKey'),
    baseUrl: optional('openaiBaseUrl'),
    chatModel: optional('aiModel'),
    embeddingModel: optional('embeddingModel'),
    titleModel: optional('topicTitleModel'),
  };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    normalizePrompts: !['0', 'false', 'no', 'off'].includes(String(values.promptNormalize)),
    normalizeMode: promptNormalizeModes.find((mode) => mode === values.promptNormalizeMode) ?? 'balanced',
  };
}

function allowedPaths(
  value: unknown,
  { accessControl, hasWebui }: { accessControl: boolean; hasWebui: boolean },
): readonly string[] | undefined {
  const list = splitList(value);
  if (list === undefined) return undefined;
  const variable = 'IIB_ACCESS_CONTROL_ALLOWED_PATHS';
  if (!accessControl) {
    throw new UsageError(
      text(
        `${variable} means nothing while IIB_ACCESS_CONTROL is disable`,
        `IIB_ACCESS_CONTROL 为 disable 时 ${variable} 不起作用`,
      ),
    );
  }
  const word = list.find((name) => webuiFolderWords.some((known) => known === name));
  if (word === undefined || hasWebui) return list;
  throw new UsageError(
    text(
      `${word} in ${variable} needs --sd_webui_config or --sd_webui_dir`,
      `${variable} 中的 ${word} 需要 --sd_webui_config 或 --sd_webui_dir`,
    ),
  );
}

function pregenerationSettings(values: OptionValues): PregenerationSettings | undefined {
  const images = values.generateImageCache === true;
  const videos = values.generateVideoCover === true;
  const verbose = values.genCacheVerbose === true;
  const box = parseBox('--generate_image_cache_size', String(values.generateImageCacheSize));
  return images || videos ? { images, videos, verbose, ...box } : undefined;
}

function parseBox(flag: string, given: string): { width: number; height: number } {
  const [, width = 0, height = 0] = /^(\d{1,4})x(\d{1,4})$/i.exec(given)?.map(Number) ?? [];
  if (width >= 1 && width <= MAX_BOX && height >= 1 && height <= MAX_BOX) return { width, height };
  const shown = JSON.stringify(given);
  throw new UsageError(
    text(
      `option ${flag} must be WIDTHxHEIGHT, each 1 to ${MAX_BOX}, not ${shown}`,
      `选项 ${flag} 应为 宽x高，各为 1 到 ${MAX_BOX}，而不是 ${shown}`,
    ),
  );
}

/** Longest side of a thumbnail box in pixels. */
const MAX_BOX = 4096;

function parsePort(given: string): number {
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port;
  const shown = JSON.stringify(given);
  throw new UsageError(
    text(
      `option --port must be a number from 0 to 65535, not ${shown}`,
      `选项 --port 应为 0 到 65535 的数字，而不是 ${shown}`,
    ),
  );
}

function parseCount(name: string, given: string): number {
  if (/^\d{1,4}$/.test(given)) return Number(given);
  const shown = JSON.stringify(given);
  throw new UsageError(
    text(
      `${name} must be a number from 0 to 9999, not ${shown}`,
      `${name} 应为 0 到 9999 的数字，而不是 ${shown}`,
    ),
  );
}

/** An empty name would be the working folder, which nobody means. */
function folders(names: string[]): string[] {
  if (names.every((name) => name.trim() !== '')) return names;
  throw new UsageError(text('--extra_paths has an empty name', '--extra_paths 中有空的名称'));
}

function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function splitList(value: unknown): string[] | undefined {
  if (typeof value !== 'string') return undefined;
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
