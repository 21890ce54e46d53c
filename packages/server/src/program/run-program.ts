import { stat } from 'node:fs/promises';
import path from 'node:path';

import { launchApp, type LaunchedApp } from '../mount/launch-app.ts';
import { launchOptionsOf } from './launch-options-of.ts';
import { makeSampleLibrary } from './sample-library/make-sample-library.ts';
import { text } from '../ports/text.ts';
import { describeFailure } from './describe-failure.ts';
import { parseProgramOptions, type ProgramSettings } from './parse-program-options.ts';
import { pregenerateCaches } from './pregenerate-caches.ts';
import type { ProgramProcess } from './program-process.ts';
import { programLanguage } from './program-language.ts';
import { programLog } from './program-log.ts';
import { readEnvironment } from './read-environment.ts';
import { tendBackups } from './tend-backups.ts';
import { updateIndex } from './update-index.ts';
import { UsageError } from '../options/usage-error.ts';

/** Where the sample library is made, in the working folder. */
const SAMPLE_LIBRARY = 'iib-sample-library';

/**
 * Runs the program until it serves.
 * @returns the running server; undefined when there is nothing to run, with the exit code
 */
export async function runProgram(
  io: ProgramProcess,
): Promise<{ readonly app: LaunchedApp; readonly indexed: Promise<void> } | { readonly exitCode: number }> {
  const read = readSettings(io);
  if ('exitCode' in read) return read;
  const { settings } = read;
  const { language } = settings;
  for (const warning of settings.warnings) io.errors.write(`iib-kit: ${warning.in(language)}\n`);
  const dbPath = await databasePath(settings, io.folder);
  try {
    if (settings.backups !== undefined) {
      await tendBackups(dbPath, settings.backups, language, io);
      return { exitCode: 0 };
    }
    if (settings.pregeneration === undefined) return await serve(settings, dbPath, io);
    await pregenerateCaches({ ...settings, dbPath }, settings.pregeneration, io);
    return { exitCode: 0 };
  } catch (error) {
    const words = error instanceof UsageError ? error.text : describeFailure(error, { ...settings, dbPath });
    io.errors.write(`iib-kit: ${words.in(language)}\n`);
    return { exitCode: 1 };
  }
}

function readSettings(
  io: ProgramProcess,
): { readonly settings: ProgramSettings } | { readonly exitCode: number } {
  let language = programLanguage(io.environment);
  try {
    const environment = readEnvironment(io.environment, io.folder);
    language = programLanguage(environment);
    const parsed = parseProgramOptions(io.args, environment);
    if (!('print' in parsed)) return { settings: parsed };
    io.output.write(parsed.print);
    return { exitCode: 0 };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const advice = text('; --help lists the options', '；--help 列出所有选项');
    io.errors.write(`iib-kit: ${error.text.in(language)}${advice.in(language)}\n`);
    return { exitCode: 2 };
  }
}

/** The database of a web UI's IIB extension is shared with it, as IIB does, unless another is named. */
async function databasePath({ dbPath, sdWebuiDir }: ProgramSettings, folder: string): Promise<string> {
  if (dbPath === undefined && sdWebuiDir !== undefined) {
    for (const extension of webuiExtensions) {
      const file = path.resolve(folder, sdWebuiDir, 'extensions', extension, 'iib.db');
      if ((await stat(file).catch(() => undefined))?.isFile() === true) return file;
    }
  }
  return path.resolve(folder, dbPath ?? 'iib.db');
}

const webuiExtensions = ['sd-webui-infinite-image-browsing', 'infinite-image-browsing'];

async function serve(
  settings: ProgramSettings,
  dbPath: string,
  io: ProgramProcess,
): Promise<{ readonly app: LaunchedApp; readonly indexed: Promise<void> }> {
  const { language } = settings;
  await warnOfMissingFolders(settings, io);
  const app = await launchApp({
    ...launchOptionsOf(settings, io.folder),
    dbPath,
    log: programLog(settings.logLevel, io.errors),
  });
  const isEmpty = app.service.library.folders().length === 0;
  if (isEmpty) {
    const folder = path.join(io.folder, SAMPLE_LIBRARY);
    const count = await makeSampleLibrary(folder);
    const words = text(
      `No folders given with --extra_paths: serving ${count} sample images in ${folder}`,
      `未用 --extra_paths 指定文件夹：展示 ${folder} 中的 ${count} 张示例图像`,
    );
    io.output.write(`${words.in(language)}\n`);
    app.service.library.include(folder);
  }
  io.output.write(`${text('Open', '请打开').in(language)} ${app.url}\n`);
  const indexed =
    settings.updateImageIndex || isEmpty
      ? updateIndex((run) => app.service.library.update(run), language, io)
      : Promise.resolve();
  return { app, indexed };
}

async function warnOfMissingFolders(
  { extraPaths, language }: ProgramSettings,
  io: ProgramProcess,
): Promise<void> {
  for (const folder of extraPaths) {
    const stats = await stat(path.resolve(io.folder, folder)).catch(() => undefined);
    if (stats?.isDirectory() === true) continue;
    if (stats !== undefined) {
      throw new UsageError(
        text(`--extra_paths ${folder} is not a folder`, `--extra_paths ${folder} 不是文件夹`),
      );
    }
    const words = text(
      `${folder} is not there; its images stay in the index`,
      `${folder} 不存在；其图像仍保留在索引中`,
    );
    io.errors.write(`iib-kit: ${words.in(language)}\n`);
  }
}
