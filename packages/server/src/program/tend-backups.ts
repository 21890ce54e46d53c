import { existsSync } from 'node:fs';
import path from 'node:path';

import type { BackupDescription } from '@iib-kit/index-db';

import { errorCode } from '../ports/error-code.ts';
import { text, type Language, type Text } from '../ports/text.ts';
import { UsageError } from '../options/usage-error.ts';
import type { BackupSettings } from './parse-program-options.ts';
import type { ProgramProcess } from './program-process.ts';

/** Stands for the newest backup that is sound. */
const newest = 'newest';

/** Lists the backups of an index, or restores the one that is named. */
export async function tendBackups(
  dbPath: string,
  { restored }: BackupSettings,
  language: Language,
  io: Pick<ProgramProcess, 'output' | 'folder'>,
): Promise<void> {
  const { describeBackups, restoreBackup } = await import('@iib-kit/index-db');
  const backups = describeBackups(dbPath);
  const tell = (words: Text) => void io.output.write(`${words.in(language)}\n`);
  if (restored === undefined) {
    if (backups.length === 0) tell(text(`There are no backups of ${dbPath}`, `${dbPath} 没有备份`));
    for (const backup of backups) tell(describe(backup));
    return;
  }
  const backup = chosen(backups, restored, io.folder);
  const aside = inWords(() => restoreBackup(dbPath, backup));
  tell(text(`${backup} is restored to ${dbPath}`, `已将 ${backup} 恢复到 ${dbPath}`));
  if (aside !== undefined) tell(text(`The previous index is kept as ${aside}`, `原索引保留为 ${aside}`));
  tell(
    text(
      'Images that came since are indexed again with --update_image_index',
      '此后新增的图像可用 --update_image_index 重新索引',
    ),
  );
}

/** By its path, or by its name alone where it is beside the index. */
function chosen(backups: readonly BackupDescription[], name: string, folder: string): string {
  const found =
    name === newest
      ? backups.findLast(({ isSound }) => isSound)
      : backups.find(
          (backup) => path.basename(backup.path) === name || backup.path === path.resolve(folder, name),
        );
  if (found !== undefined) return found.path;
  // One that was put elsewhere, such as on another drive.
  if (name !== newest && existsSync(path.resolve(folder, name))) return path.resolve(folder, name);
  throw new UsageError(
    text(
      `there is no backup ${name}; --list_backups lists those that there are`,
      `没有备份 ${name}；用 --list_backups 列出现有备份`,
    ),
  );
}

/** Codes of the system say here what they say of files, not of ports. */
function inWords<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (errorCode(error) !== 'EACCES' || !(error instanceof Error)) throw error;
    throw new UsageError(text(error.message, error.message), { cause: error });
  }
}

function describe({ path: file, madeAt, bytes, contents, isSound }: BackupDescription): Text {
  const date = madeAt.toISOString().slice(0, 19).replace('T', ' ');
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const { images = 0, tags = 0, marks = 0 } = contents ?? {};
  const state = isSound ? text('sound', '完好') : text('damaged', '已损坏');
  return text(
    `${file}\n  ${date} UTC, ${size}, ${state.en}: ${images} images, ${tags} tags, ${marks} ratings, notes and tagged images`,
    `${file}\n  ${date} UTC，${size}，${state.zh}：${images} 张图像，${tags} 个标签，${marks} 个评分、备注和已打标签的图像`,
  );
}
