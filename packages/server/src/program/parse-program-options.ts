import { Command, CommanderError, Option } from 'commander';

import { packageVersion } from '../package-version.ts';
import { accessPermissions, type AccessPermission } from '../service-options.ts';
import { programOptions, type ProgramOption } from './program-options.ts';
import { UsageError } from './usage-error.ts';

/** What the program was asked to do. */
export interface ProgramSettings {
  readonly port: number;
  readonly host: string;
  readonly extraPaths: readonly string[];
  readonly updateImageIndex: boolean;
  readonly allowCors: boolean | readonly string[];
  readonly base: string;
  readonly dbPath: string;
  readonly cacheDir: string;
  /** Undefined unless the program is to make thumbnails or covers and end. */
  readonly pregeneration: PregenerationSettings | undefined;
  readonly secretKey: string | undefined;
  readonly accessControl: boolean;
  readonly allowedPaths: readonly string[] | undefined;
  readonly permission: AccessPermission;
}

/** Which missing thumbnails and covers to make. */
export interface PregenerationSettings {
  readonly images: boolean;
  readonly videos: boolean;
  readonly width: number;
  readonly height: number;
  readonly verbose: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the command line (without node and script) and the environment; a flag goes before a variable.
 * @returns the settings, or the text to print where `--help` or `--version` asks for one
 * @throws UsageError with one line that names what is wrong
 */
export function parseProgramOptions(
  args: readonly string[],
  environment: Environment,
): ProgramSettings | { readonly print: string } {
  let print = '';
  const command = buildCommand((text) => (print += text));
  try {
    command.parse(args.map(toKebabCase), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { print };
    throw new UsageError(error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '));
  }
  return settings({ ...defaults(), ...fromEnvironment(environment), ...command.opts() });
}

function buildCommand(write: (text: string) => void): Command {
  const command = new Command('iib-kit')
    .description('Index a folder of AI-generated images and serve it.')
    .version(packageVersion)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {} });
  for (const [name, option] of Object.entries<ProgramOption>(programOptions)) {
    if (option.flag !== undefined) command.addOption(commandOption(name, option, option.flag));
  }
  return command.addHelpText('after', environmentHelp());
}

function commandOption(name: string, option: ProgramOption, flag: string): Option {
  const value = { nothing: '', value: ' <>', values: ' <>', 'optional values': ' []' }[option.takes].replace(
    /(?<=[<[])(?=[>\]])/,
    option.placeholder ?? 'value',
  );
  const notes = [
    ...(option.default === undefined ? [] : [`default ${option.default}`]),
    ...(option.env === undefined ? [] : [`environment ${option.env}`]),
  ];
  const suffix = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  const built = new Option(`--${flag.replaceAll('_', '-')}${value}`, option.description + suffix);
  built.attributeName = () => name;
  return built;
}

function environmentHelp(): string {
  const lines = Object.values<ProgramOption>(programOptions)
    .filter((option) => option.flag === undefined)
    .map(({ env, description, choices, default: standard }) => {
      const values = choices === undefined ? '' : `: ${choices.join(', ')}`;
      return `  ${env}  ${description}${values}${standard === undefined ? '' : ` (default ${standard})`}`;
    });
  return `\nEnvironment, also read from a file .env in the working folder:\n${lines.join('\n')}\n
Options may be written with - or _ between words.`;
}

/** `--extra_paths` is `--extra-paths`; values after `=` and values by themselves stay. */
function toKebabCase(arg: string): string {
  const [flag = '', ...value] = arg.split('=');
  if (!/^--[a-z_-]+$/.test(flag)) return arg;
  return [flag.replaceAll('_', '-'), ...value].join('=');
}

function defaults(): Record<string, unknown> {
  return mapOptions((option) => option.default);
}

function fromEnvironment(environment: Environment): Record<string, unknown> {
  return mapOptions((option) => {
    const value = option.env === undefined ? undefined : environment[option.env];
    if (value === undefined || value === '') return undefined;
    if (option.choices !== undefined && !option.choices.includes(value)) {
      throw new UsageError(
        `${option.env} must be one of ${option.choices.join(', ')}, not ${JSON.stringify(value)}`,
      );
    }
    return value;
  });
}

function mapOptions(value: (option: ProgramOption) => unknown): Record<string, unknown> {
  const entries = Object.entries<ProgramOption>(programOptions).map(([name, option]) => [
    name,
    value(option),
  ]);
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

function settings(values: Readonly<Record<string, unknown>>): ProgramSettings {
  const text = (name: keyof ProgramSettings) => String(values[name]);
  return {
    port: parsePort(text('port')),
    host: text('host'),
    extraPaths: stringList(values['extraPaths']),
    updateImageIndex: values['updateImageIndex'] === true,
    allowCors:
      values['allowCors'] === true || (values['allowCors'] !== undefined && stringList(values['allowCors'])),
    base: text('base'),
    dbPath: text('dbPath'),
    cacheDir: text('cacheDir'),
    pregeneration: pregenerationSettings(values),
    secretKey: values['secretKey'] === undefined ? undefined : text('secretKey'),
    accessControl: values['accessControl'] !== 'disable',
    allowedPaths: splitList(values['allowedPaths']),
    permission: accessPermissions.find((name) => name === values['permission']) ?? 'read-write',
  };
}

function pregenerationSettings(values: Readonly<Record<string, unknown>>): PregenerationSettings | undefined {
  const images = values['generateImageCache'] === true;
  const videos = values['generateVideoCover'] === true;
  const verbose = values['genCacheVerbose'] === true;
  const box = parseBox('--generate_image_cache_size', String(values['generateImageCacheSize']));
  if (images || videos) return { images, videos, verbose, ...box };
  if (!verbose) return undefined;
  throw new UsageError('--gen_cache_verbose needs --generate_image_cache or --generate_video_cover');
}

function parseBox(flag: string, text: string): { width: number; height: number } {
  const [, width = 0, height = 0] = /^(\d{1,4})x(\d{1,4})$/i.exec(text)?.map(Number) ?? [];
  if (width >= 1 && width <= MAX_BOX && height >= 1 && height <= MAX_BOX) return { width, height };
  throw new UsageError(
    `option ${flag} must be WIDTHxHEIGHT, each 1 to ${MAX_BOX}, not ${JSON.stringify(text)}`,
  );
}

/** Longest side of a thumbnail box in pixels. */
const MAX_BOX = 4096;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`option --port must be a number from 0 to 65535, not ${JSON.stringify(text)}`);
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
