import type { WriterStore } from '../writer-store.ts';
import { giveRoomBackTask } from './give-room-back.ts';
import { mergeRunsTask } from './merge-runs.ts';
import { mergeSegmentsTask } from './merge-segments.ts';
import { packVectorsTask } from './pack-vectors.ts';
import { refreshVocabularyTask } from './refresh-vocabulary.ts';
import { type TrimOptions, trimTask } from './trim.ts';
import { truncateLogTask } from './truncate-log.ts';
import type { UpkeepTask } from './upkeep-task.ts';

/** What is done with a database while nobody waits, in this order. */
export function createUpkeepTasks(store: WriterStore, options: TrimOptions = {}): readonly UpkeepTask[] {
  return [
    mergeRunsTask(store),
    mergeSegmentsTask(store),
    refreshVocabularyTask(store),
    trimTask(store, options),
    packVectorsTask(store),
    giveRoomBackTask(store),
    truncateLogTask(store),
  ];
}
