import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { api, DEFAULT_BASE, pathSegments } from '@iib-kit/contract';

import { programOptions } from '../../packages/server/src/options/program-options.ts';
import { root } from './documents.ts';
import { shellCommands, type ShellCommand } from './shell-commands.ts';

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/** The flags of the program, without the dashes. */
export const flags: ReadonlySet<string> = new Set(
  programOptions.map(({ flag }) => flag).filter((flag) => flag !== undefined),
);
/** The environment variables of the program, and the one that `iibctl` has besides. */
export const variables: ReadonlySet<string> = new Set([
  ...programOptions.map(({ env }) => env).filter((env) => env !== undefined),
  'IIB_URL',
]);

/** Programs of the system that documents may name. */
const systemPrograms = new Set(
  'cd mkdir cp mv ls cat echo export sudo systemctl journalctl useradd sqlite3 tar git cut grep head xargs'.split(
    ' ',
  ),
);
/** Packages of others that documents may install. */
const otherPackages = new Set([
  'vitest',
  'fast-check',
  'express',
  'fastify',
  '@types/express',
  'node-av',
  'typescript',
  'tsx',
]);

/** What is wrong with the commands of a script in a document: programs, scripts, flags and files that are not there. */
export function wrongCommands(script: string, folder: string, saved: readonly string[] = []): string[] {
  return shellCommands(script)
    .filter(({ name, args }) => !(name === 'node' && saved.includes(args[0] ?? '')))
    .map((command) => ({ ...command, args: command.args.filter((arg) => !saved.includes(arg)) }))
    .flatMap((command) => faultsOf(command, path.join(root, folder)));
}

function faultsOf(command: ShellCommand, folder: string): string[] {
  const unknown = command.variables.filter((name) => name.startsWith('IIB_') && !variables.has(name));
  return [...unknown.map((name) => `no variable ${name}`), ...faultsOfProgram(command, folder)];
}

function faultsOfProgram({ name, args }: ShellCommand, folder: string): string[] {
  if (name === 'sudo')
    return faultsOfProgram({ variables: [], name: args[0] ?? '', args: args.slice(1) }, folder);
  if (systemPrograms.has(name) || name === '') return [];
  switch (name) {
    case 'npm':
      return npmFaults(args, folder);
    case 'npx':
      return binFaults(args, folder);
    case 'iib-kit':
      return flagFaults(args);
    case 'node':
      return nodeFaults(args, folder);
    case 'curl':
      return curlFaults(args);
    default:
      return [`no program ${name}`];
  }
}

function npmFaults(args: readonly string[], folder: string): string[] {
  const at = args.findIndex((arg) => arg === '-w' || arg === '--workspace');
  const workspace = at === -1 ? undefined : args[at + 1];
  const words = args.filter((_, position) => at === -1 || (position !== at && position !== at + 1));
  const [command = '', ...rest] = words;
  const manifest = workspace === undefined ? manifestAbove(folder) : workspaceNamed(workspace);
  if (manifest === undefined) return [`no workspace ${workspace ?? folder}`];
  switch (command) {
    case 'ci':
    case 'pack':
    case 'init':
      return [];
    case 'install':
      return rest.filter((word) => !word.startsWith('-')).flatMap(packageFaults);
    case 'test':
    case 'start':
      return [
        ...scriptFaults(manifest, command),
        ...(isProgram(manifest, command) ? flagFaults(afterDashes(rest)) : []),
      ];
    case 'run':
      return scriptFaults(manifest, rest[0] ?? '');
    default:
      return [`no npm ${command}`];
  }
}

function afterDashes(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--');
  return at === -1 ? [] : args.slice(at + 1);
}

function isProgram(manifest: Manifest, script: string): boolean {
  return manifest.scripts?.[script]?.includes('server/dist/bin.js') ?? false;
}

function scriptFaults(manifest: Manifest, script: string): string[] {
  return manifest.scripts?.[script] === undefined ? [`${manifest.name} has no script ${script}`] : [];
}

function packageFaults(name: string): string[] {
  const isFile = name.endsWith('.tgz');
  return isFile || otherPackages.has(name) || workspaceNamed(name) !== undefined
    ? []
    : [`no package ${name}`];
}

function binFaults(args: readonly string[], folder: string): string[] {
  const [bin = '', ...rest] = args;
  if (bin === 'iib-kit') return flagFaults(rest);
  const missing = rest
    .filter((arg) => /\.(?:test|config)\.ts$/.test(arg))
    .filter((file) => !isThere(file, folder));
  const faults = missing.map((file) => `no file ${file}`);
  const isKnown = ownPrograms().has(bin) || existsSync(path.join(root, 'node_modules', '.bin', bin));
  return isKnown ? faults : [`no program ${bin}`, ...faults];
}

function isThere(file: string, folder: string): boolean {
  // A build is there once its command has run; what it is made from has to be.
  const names = [file, file.replace('/dist/', '/').replace(/\.js$/, '.ts')];
  const folders = [root, folder, path.dirname(folder)];
  return names.some((name) => folders.some((from) => existsSync(path.join(from, name))));
}

function nodeFaults(args: readonly string[], folder: string): string[] {
  const file = args.find((arg) => !arg.startsWith('-')) ?? '';
  return file === '' || isThere(file, folder) ? [] : [`no file ${file}`];
}

/** Flags of the program, with `_` or `-`. */
function flagFaults(args: readonly string[]): string[] {
  return args
    .filter((arg) => arg.startsWith('--') && arg !== '--')
    .map((arg) => arg.slice(2).split('=')[0]?.replaceAll('-', '_') ?? '')
    .filter((flag) => !flags.has(flag) && flag !== 'help' && flag !== 'version')
    .map((flag) => `iib-kit has no flag --${flag}`);
}

function curlFaults(args: readonly string[]): string[] {
  const url = args.find((arg) => arg.startsWith('http'));
  if (url === undefined) return ['curl without an address'];
  const { pathname } = new URL(url);
  const at = args.findIndex((arg) => arg === '-X' || arg === '--request');
  const sends = args.some((arg) => arg === '-d' || arg === '--data' || arg === '--json');
  const method = args[at + 1] !== undefined && at !== -1 ? (args[at + 1] ?? '') : sends ? 'POST' : 'GET';
  const route = pathname.slice(pathname.indexOf(DEFAULT_BASE) + DEFAULT_BASE.length);
  return pathname.includes(DEFAULT_BASE) && !isEndpoint(method, route)
    ? [`no endpoint ${method} ${route}`]
    : [];
}

/** Whether the contract has this endpoint, the base itself, or a page. */
export function isEndpoint(method: string, route: string): boolean {
  if (method === 'GET' && ['', '/docs', '/openapi.json'].includes(route)) return true;
  const endpoints = Object.values(api).flatMap((group) =>
    Object.values<{ method: string; path: string }>(group),
  );
  return endpoints.some((endpoint) => endpoint.method === method && fits(endpoint.path, route));
}

function fits(template: string, route: string): boolean {
  if (template === route) return true;
  if (!template.includes('{')) return false;
  const fixed = template.slice(0, template.indexOf('{'));
  return pathSegments(template).length > 0 && route.startsWith(fixed) && route.length > fixed.length;
}

function manifestAbove(folder: string): Manifest | undefined {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return path.relative(root, folder) === '' ? undefined : manifestAbove(path.dirname(folder));
}

/** The programs of our packages, which npm links when it installs them. */
function ownPrograms(): ReadonlySet<string> {
  return new Set(workspaces().flatMap(({ bin = {} }) => Object.keys(bin)));
}

function workspaceNamed(name: string): Manifest | undefined {
  return workspaces().find((manifest) => manifest.name === name || `packages/${name}` === name);
}

function workspaces(): Manifest[] {
  const folders = ['packages', 'examples'].flatMap((parent) =>
    readdirSync(path.join(root, parent)).map((child) => path.join(root, parent, child)),
  );
  return [...folders, path.join(root, 'bench')]
    .filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map((folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest);
}
