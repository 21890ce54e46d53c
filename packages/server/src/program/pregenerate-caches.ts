import path from 'node:path';

import { excludesFrom, isPassedOver } from '@iib-kit/catalog/scan';

import { linkTargetsOf } from '../library/library-links.ts';
import { openLibraryFolders } from '../library/library-folders.ts';
import { updateFolders } from '../library/update-folders.ts';
import { configuredThumbnailer } from '../service/configured-thumbnailer.ts';
import { openDefaultIndex } from '../service/open-default-index.ts';
import { tagAsCache } from '../service/tag-as-cache.ts';
import { text } from '../ports/text.ts';
import { readWebuiConfig } from '../library/webui-config.ts';
import type { PregenerationSettings, ProgramSettings } from './parse-program-options.ts';
import { counted, progressLine } from './progress-line.ts';
import type { ProgramProcess } from './program-process.ts';
import { updateIndex } from './update-index.ts';
import { UsageError } from '../options/usage-error.ts';

/** The settings that say which folders there are, the database found. */
type LibrarySettings = Omit<ProgramSettings, 'dbPath'> & { readonly dbPath: string };

/** What a run tells of each file. */
interface FileProgress {
  readonly path: string;
  readonly outcome: string;
  readonly done: number;
  readonly total?: number;
  readonly error?: Error;
}

/**
 * Makes the thumbnails and covers that the cache lacks, for all folders of the library; where it was asked for, the
 * index is brought up to date before.
 */
export async function pregenerateCaches(
  settings: LibrarySettings,
  { images, videos, verbose, width, height }: PregenerationSettings,
  io: ProgramProcess,
): Promise<void> {
  const folders = await libraryFolders(settings, io);
  if (folders.length === 0)
    throw new UsageError(
      text(
        'there are no library folders; name some with --extra_paths',
        '没有图库文件夹；请用 --extra_paths 指定',
      ),
    );
  const { language } = settings;
  const cacheDir = path.resolve(io.folder, settings.cacheDir);
  await tagAsCache(cacheDir);
  const thumbnailer = configuredThumbnailer({ ...settings, cacheDir });
  const line = progressLine<FileProgress>(io.output, ({ done, total }) =>
    text(`Pictures: ${counted(done, total)}`, `图片：${counted(done, total)}`).in(language),
  );
  const onProgress = (progress: FileProgress) => {
    if (progress.error !== undefined)
      io.errors.write(`iib-kit: ${progress.path}: ${progress.error.message}\n`);
    if (verbose && progress.outcome === 'rendered') io.output.write(`${progress.path}\n`);
    else line.show(progress);
  };
  try {
    const isExcluded = excludesFrom(settings.exclude ?? []);
    const excludes = (file: string) => isPassedOver(path.basename(file)) || isExcluded(file);
    const options = { images, videos, width, height, excludes, onProgress, signal: io.signal };
    const { rendered, cached, failed } = await thumbnailer.pregenerate(folders, options);
    line.finish();
    const words = text(
      `Pictures ready: ${rendered} made, ${cached} were there, ${failed} failed`,
      `图片已就绪：新生成 ${rendered}，已有 ${cached}，失败 ${failed}`,
    );
    io.output.write(`${words.in(language)}\n`);
  } finally {
    await thumbnailer.close();
  }
}

async function libraryFolders(settings: LibrarySettings, io: ProgramProcess): Promise<readonly string[]> {
  const index = await openDefaultIndex(path.resolve(io.folder, settings.dbPath), {
    exclude: settings.exclude ?? [],
    ...(settings.orphanedAnnotationsDays !== undefined && {
      orphanedAnnotationsDays: settings.orphanedAnnotationsDays,
    }),
  });
  try {
    const named = [...settings.extraPaths, ...(settings.baseDir === undefined ? [] : [settings.baseDir])];
    const given = named.map((folder) => path.resolve(io.folder, folder));
    const library = await openLibraryFolders(index, [...given, ...(await webuiFolders(settings, io))]);
    if (settings.updateImageIndex) {
      const { signal = new AbortController().signal } = io;
      const linkTargets = linkTargetsOf(settings.accessControl ?? true, settings.allowedPaths);
      const about = { library, index, linkTargets, signal, reread: false };
      await updateIndex((run) => updateFolders({ ...about, ...run }), settings.language, io);
    }
    return library.folders();
  } finally {
    await index.close();
  }
}

async function webuiFolders(
  { sdWebuiConfig, sdWebuiPathRelativeToConfig }: LibrarySettings,
  { folder }: ProgramProcess,
): Promise<readonly string[]> {
  if (sdWebuiConfig === undefined) return [];
  const file = path.resolve(folder, sdWebuiConfig);
  return (await readWebuiConfig(file, sdWebuiPathRelativeToConfig ? path.dirname(file) : folder)).folders;
}
