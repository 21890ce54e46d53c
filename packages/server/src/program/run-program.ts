import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';

import { errorCode } from '../error-code.ts';
import type { IndexProgress, IndexSummary } from '../image-index.ts';
import { launchApp, type LaunchedApp } from '../launch-app.ts';
import { makeSampleLibrary } from '../sample-library/make-sample-library.ts';
import { describeFailure } from './describe-failure.ts';
import { parseProgramOptions, type ProgramSettings } from './parse-program-options.ts';
import { pregenerateCaches } from './pregenerate-caches.ts';
import { counted, progressLine } from './progress-line.ts';
import { readEnvironment } from './read-environment.ts';
import { UsageError } from './usage-error.ts';

/** Where the sample library is made, in the working folder. */
const SAMPLE_LIBRARY = 'iib-sample-library';

/** What the program needs of its process. */
export interface ProgramProcess {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly output: Writable & { isTTY?: boolean };
  readonly errors: Writable;
  /** Ends what the program does before it serves. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the program until it serves.
 * @returns the running server; undefined when there is nothing to run, with the exit code
 */
export async function runProgram(
  io: ProgramProcess,
): Promise<{ readonly app: LaunchedApp; readonly indexed: Promise<void> } | { readonly exitCode: number }> {
  let settings: ProgramSettings;
  try {
    const parsed = parseProgramOptions(io.args, readEnvironment(io.environment, io.folder));
    if ('print' in parsed) {
      io.output.write(parsed.print);
      return { exitCode: 0 };
    }
    settings = parsed;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.errors.write(`iib-kit: ${error.message}; --help lists the options\n`);
    return { exitCode: 2 };
  }
  try {
    if (settings.pregeneration === undefined) return await serve(settings, io);
    await pregenerateCaches(settings, settings.pregeneration, io);
    return { exitCode: 0 };
  } catch (error) {
    io.errors.write(`iib-kit: ${describeFailure(error, settings)}\n`);
    return { exitCode: 1 };
  }
}

async function serve(
  settings: ProgramSettings,
  io: ProgramProcess,
): Promise<{ readonly app: LaunchedApp; readonly indexed: Promise<void> }> {
  const { updateImageIndex, secretKey, allowedPaths, pregeneration: _, ...common } = settings;
  await warnOfMissingFolders(settings.extraPaths, io);
  const app = await launchApp({
    ...common,
    dbPath: path.resolve(io.folder, settings.dbPath),
    cacheDir: path.resolve(io.folder, settings.cacheDir),
    extraPaths: settings.extraPaths.map((folder) => path.resolve(io.folder, folder)),
    ...(secretKey === undefined ? {} : { secretKey }),
    ...(allowedPaths === undefined ? {} : { allowedPaths }),
  });
  const isEmpty = app.service.library.folders().length === 0;
  if (isEmpty) {
    const folder = path.join(io.folder, SAMPLE_LIBRARY);
    const count = await makeSampleLibrary(folder);
    io.output.write(`No folders given with --extra_paths: serving ${count} sample images in ${folder}\n`);
    app.service.library.include(folder);
  }
  io.output.write(`Open ${app.url}\n`);
  const indexed = updateImageIndex || isEmpty ? updateIndex(app, io) : Promise.resolve();
  return { app, indexed };
}

async function warnOfMissingFolders(folders: readonly string[], io: ProgramProcess): Promise<void> {
  for (const folder of folders) {
    const stats = await stat(path.resolve(io.folder, folder)).catch(() => undefined);
    if (stats?.isDirectory() === true) continue;
    const problem = stats === undefined ? 'is not there; its images stay in the index' : 'is not a folder';
    if (stats !== undefined) throw new UsageError(`--extra_paths ${folder} ${problem}`);
    io.errors.write(`iib-kit: ${folder} ${problem}\n`);
  }
}

async function updateIndex(app: LaunchedApp, io: ProgramProcess): Promise<void> {
  const progress = progressLine(io.output, describeProgress);
  const startedAt = performance.now();
  try {
    const summary = await app.service.library.update({ onProgress: progress.show });
    progress.finish();
    io.output.write(`${describeSummary(summary, (performance.now() - startedAt) / 1000)}\n`);
    for (const folder of summary.unavailable) io.errors.write(`iib-kit: ${folder} is unavailable\n`);
    for (const { path: file, message } of summary.failed) io.errors.write(`iib-kit: ${file}: ${message}\n`);
  } catch (error) {
    progress.finish();
    if (errorCode(error) === 'closed') return;
    io.errors.write(`iib-kit: indexing failed: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function describeProgress({ stage, done, total, rate }: IndexProgress): string {
  return `Indexing (${stage}): ${counted(done, total)} files, ${Math.round(rate).toLocaleString('en')} a second`;
}

function describeSummary(summary: IndexSummary, seconds: number): string {
  const counts = [
    `${summary.added} added`,
    `${summary.changed} changed`,
    `${summary.removed} removed`,
    `${summary.failed.length} unreadable`,
  ];
  return `Index up to date in ${seconds.toFixed(1)} s: ${counts.join(', ')}`;
}
