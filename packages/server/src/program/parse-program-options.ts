import path from 'node:path';

import { webuiFolderWords } from '../library/webui-config.ts';
import { aiOptions } from '../options/ai-options.ts';
import { launchOptionNames, type LaunchOptions } from '../options/launch-options.ts';
import type { LogLevel, OwnProgramOptions } from '../options/program-options.ts';
import { UsageError } from '../options/usage-error.ts';
import { text, type Language, type Text } from '../ports/text.ts';
import { readCommandLine } from './command-line.ts';
import { checkVariables, optionValues, type Environment, type GivenOptions } from './option-values.ts';
import { openServerWarning } from './open-server-warning.ts';
import { unsupportedModelWarning } from './unsupported-model-warning.ts';
import { programLanguage } from './program-language.ts';

/** Options that have a default, which is there when nothing is given. */
type DefaultedName = 'port' | 'host' | 'cacheDir' | 'extraPaths' | 'sdWebuiPathRelativeToConfig';

/** What the program was asked to do: what `launchApp` takes, with folders as they were given, and what it does itself. */
export interface ProgramSettings
  extends Omit<LaunchOptions, DefaultedName>, Required<Pick<LaunchOptions, DefaultedName>> {
  readonly language: Language;
  readonly updateImageIndex: boolean;
  /** Its database is used where it has one and none is named. */
  readonly sdWebuiDir?: string;
  readonly pregeneration?: PregenerationSettings;
  /** Backups are listed, or one is restored, instead of serving. */
  readonly backups?: BackupSettings;
  readonly logLevel: LogLevel;
  /** What is odd and does not keep the program from going on. */
  readonly warnings: readonly Text[];
}

/** What is done with backups: all are listed where none is named. */
export interface BackupSettings {
  readonly restored: string | undefined;
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
  const read = settings(optionValues(line.flags, environment));
  const more = [
    read.pregeneration === undefined && read.backups === undefined ? openServerWarning(read) : undefined,
    unsupportedModelWarning(read.ai?.embeddingModel, environment),
  ].filter((warning) => warning !== undefined);
  return { ...read, language, warnings: [...warnings, ...more] };
}

function settings({ values, given }: GivenOptions): Omit<ProgramSettings, 'language' | 'warnings'> {
  // The table types what may be given for each option, and the values were read by it; those of these names have defaults.
  const launch = valuesOf(launchOptionNames, values) as LaunchOptions &
    Required<Pick<LaunchOptions, DefaultedName>>;
  const own = values as OwnProgramOptions;
  const { updateImageIndex = false, sdWebuiDir, cacheParent, debug, logLevel = 'warn' } = own;
  const { dbPath, sdWebuiConfig, ...rest } = launch;
  const config = sdWebuiDir === undefined ? sdWebuiConfig : path.join(sdWebuiDir, 'config.json');
  checkAllowedPaths(launch, config !== undefined);
  const pregeneration = pregenerationSettings(own);
  const { listBackups = false, restoreBackup } = own;
  return {
    ...rest,
    ...(dbPath !== undefined && given.has('dbPath') ? { dbPath } : {}),
    ...(config === undefined ? {} : { sdWebuiConfig: config }),
    ...(sdWebuiDir === undefined ? {} : { sdWebuiDir }),
    sdWebuiPathRelativeToConfig: sdWebuiDir !== undefined || launch.sdWebuiPathRelativeToConfig,
    cacheDir: given.has('cacheDir') || cacheParent === undefined ? launch.cacheDir : inParent(cacheParent),
    ai: valuesOf(Object.keys(aiOptions), values),
    updateImageIndex,
    logLevel: debug === true ? 'debug' : logLevel,
    ...(pregeneration === undefined ? {} : { pregeneration }),
    ...(listBackups || restoreBackup !== undefined ? { backups: { restored: restoreBackup } } : {}),
  };
}

function valuesOf(names: readonly string[], values: GivenOptions['values']): object {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== undefined && names.includes(name)),
  );
}

/** IIB's own name for the cache in a folder that may hold other things. */
function inParent(folder: string): string {
  return path.join(folder, 'iib_cache');
}

function checkAllowedPaths({ allowedPaths, accessControl }: LaunchOptions, hasWebui: boolean): void {
  if (allowedPaths === undefined) return;
  const variable = 'IIB_ACCESS_CONTROL_ALLOWED_PATHS';
  if (accessControl === false) {
    throw new UsageError(
      text(
        `${variable} means nothing while IIB_ACCESS_CONTROL is disable`,
        `IIB_ACCESS_CONTROL 为 disable 时 ${variable} 不起作用`,
      ),
    );
  }
  const word = allowedPaths.find((name) => webuiFolderWords.some((known) => known === name));
  if (word === undefined || hasWebui) return;
  throw new UsageError(
    text(
      `${word} in ${variable} needs --sd_webui_config or --sd_webui_dir`,
      `${variable} 中的 ${word} 需要 --sd_webui_config 或 --sd_webui_dir`,
    ),
  );
}

function pregenerationSettings(own: OwnProgramOptions): PregenerationSettings | undefined {
  const { generateImageCache: images = false, generateVideoCover: videos = false, genCacheVerbose } = own;
  const { generateImageCacheSize: box } = own;
  if (box === undefined || !(images || videos)) return undefined;
  return { images, videos, verbose: genCacheVerbose ?? false, ...box };
}
