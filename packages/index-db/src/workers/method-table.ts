import type { SqliteIndex } from './sqlite-index.ts';

/** Who answers: the one thread that writes, threads that answer at once, or threads that may take long. */
export type Pool = 'writer' | 'readers' | 'slowQueries';

/** What a method of the index takes before its options. */
export type InputsOf<K extends keyof SqliteIndex> =
  Required<Parameters<SqliteIndex[K]>> extends [...infer Inputs, unknown] ? Inputs : never;

type Entry<K extends keyof SqliteIndex> = readonly [pool: Pool, inputs: InputsOf<K>['length']];

/** The methods that a thread answers as they are called: who answers, and how many inputs come before the options. */
export const methodTable = {
  images: ['readers', 1],
  imagesById: ['readers', 1],
  infotexts: ['readers', 1],
  randomImages: ['readers', 1],
  folderCovers: ['readers', 2],
  reservePaths: ['writer', 1],
  releasePaths: ['writer', 1],
  movePaths: ['writer', 1],
  removePaths: ['writer', 1],
  storePaths: ['writer', 1],
  forgetStored: ['writer', 1],
  returnPaths: ['writer', 1],
  setInfotext: ['writer', 2],
  createTag: ['writer', 1],
  setTag: ['writer', 3],
  toggleTag: ['writer', 2],
  updateTag: ['writer', 2],
  removeTag: ['writer', 1],
  mergeTags: ['writer', 2],
  autoTagRules: ['readers', 0],
  unusableAutoTagRules: ['readers', 0],
  tryAutoTagRule: ['slowQueries', 1],
  setRating: ['writer', 2],
  setNote: ['writer', 2],
  annotationsOf: ['readers', 1],
  ownInfotexts: ['readers', 1],
  savedSearches: ['readers', 0],
  saveSearch: ['writer', 2],
  removeSavedSearch: ['writer', 1],
  settings: ['readers', 0],
  setSetting: ['writer', 2],
  removeSetting: ['writer', 1],
  mountPoints: ['readers', 0],
  extraPaths: ['readers', 0],
  addExtraPath: ['writer', 2],
  removeExtraPath: ['writer', 2],
  setAlias: ['writer', 2],
  saveEmbeddings: ['writer', 2],
  saveEmbeddingFailures: ['writer', 2],
  embeddingStates: ['readers', 2],
  embeddingOf: ['readers', 2],
  embeddingCount: ['slowQueries', 1],
  similarImages: ['slowQueries', 1],
  cachedTitle: ['readers', 1],
  saveTitle: ['writer', 2],
  cachedClusters: ['readers', 1],
  cachedClustersOf: ['readers', 1],
  saveClusters: ['writer', 2],
  savePerceptualHashes: ['writer', 1],
  perceptualHashOf: ['readers', 1],
  nearDuplicates: ['slowQueries', 2],
  jobs: ['readers', 0],
  jobResult: ['readers', 1],
  saveJob: ['writer', 2],
  removeJobs: ['writer', 1],
  backups: ['readers', 0],
  checkIntegrity: ['slowQueries', 0],
  compact: ['writer', 0],
} as const satisfies { readonly [K in keyof SqliteIndex]?: Entry<K> };

export type TableMethod = keyof typeof methodTable;

/** What threads of these pools do for the methods of the table, with what they work on before the inputs. */
export type AnswersOf<P extends Pool, Subject> = {
  readonly [K in TableMethod as (typeof methodTable)[K][0] extends P ? K : never]: (
    subject: Subject,
    ...inputs: InputsOf<K>
  ) => Awaited<ReturnType<SqliteIndex[K]>>;
};
