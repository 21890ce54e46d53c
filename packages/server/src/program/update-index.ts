import type { IndexProgress, IndexSummary } from '@iib-kit/catalog';

import { errorCode } from '../ports/error-code.ts';
import { text, type Language, type Text } from '../ports/text.ts';
import type { ProgramProcess } from './program-process.ts';
import { counted, progressLine } from './progress-line.ts';

/** Brings the index up to date, and tells how far it is, what came of it and what could not be read. */
export async function updateIndex(
  update: (run: { onProgress: (progress: IndexProgress) => void }) => Promise<IndexSummary>,
  language: Language,
  io: Pick<ProgramProcess, 'output' | 'errors'>,
): Promise<void> {
  const progress = progressLine<IndexProgress>(io.output, (state) => describeProgress(state).in(language));
  const tell = (words: Text) => void io.errors.write(`iib-kit: ${words.in(language)}\n`);
  const startedAt = performance.now();
  try {
    const summary = await update({ onProgress: progress.show });
    progress.finish();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    io.output.write(`${describeSummary(summary, seconds).in(language)}\n`);
    for (const folder of summary.unavailable) tell(text(`${folder} is unavailable`, `${folder} 不可用`));
    for (const { path: file, message } of summary.failed)
      tell(text(`${file}: ${message}`, `${file}：${message}`));
  } catch (error) {
    progress.finish();
    if (errorCode(error) === 'closed') return;
    const reason = error instanceof Error ? error.message : String(error);
    tell(text(`indexing failed: ${reason}`, `索引失败：${reason}`));
  }
}

function describeProgress({ stage, done, total, rate }: IndexProgress): Text {
  const perSecond = Math.round(rate).toLocaleString('en');
  return text(
    `Indexing (${stage}): ${counted(done, total)} files, ${perSecond} a second`,
    `正在索引（${stage}）：${counted(done, total)} 个文件，每秒 ${perSecond} 个`,
  );
}

function describeSummary({ added, changed, removed, failed }: IndexSummary, seconds: string): Text {
  return text(
    `Index up to date in ${seconds} s: ${added} added, ${changed} changed, ${removed} removed, ${failed.length} unreadable`,
    `索引已更新，用时 ${seconds} 秒：新增 ${added}，变更 ${changed}，移除 ${removed}，无法读取 ${failed.length}`,
  );
}
