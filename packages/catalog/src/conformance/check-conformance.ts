import { annotationsSuite } from './suites/annotations-suite.ts';
import { autoTagRulesSuite } from './suites/auto-tag-rules-suite.ts';
import { changesSuite } from './suites/changes-suite.ts';
import { conformanceTools } from './conformance-tools.ts';
import type { OpenEngine } from './library/temporary-library.ts';
import { completionsSuite } from './suites/completions-suite.ts';
import { cursorsSuite } from './suites/cursors-suite.ts';
import { customTagsSuite } from './suites/custom-tags-suite.ts';
import { embeddingsSuite } from './suites/embeddings-suite.ts';
import { exchangedFilesSuite } from './suites/exchanged-files-suite.ts';
import { fileMovesSuite } from './suites/file-moves-suite.ts';
import { fileNamesSuite } from './suites/file-names-suite.ts';
import { jobRecordsSuite } from './suites/job-records-suite.ts';
import { layoutSuite } from './suites/layout-suite.ts';
import { movesWhileUpdatingSuite } from './suites/moves-while-updating-suite.ts';
import { linksSuite } from './suites/links-suite.ts';
import { nearDuplicatesSuite } from './suites/near-duplicates-suite.ts';
import { ownTextsSuite } from './suites/own-texts/own-texts-suite.ts';
import { overtakenUpdatesSuite } from './suites/overtaken-updates-suite.ts';
import { overviewSuite } from './suites/overview-suite.ts';
import { pagesWhileWritingSuite } from './suites/pages-while-writing-suite.ts';
import { querySearchSuite } from './suites/query-search-suite.ts';
import { similarImagesSuite } from './suites/similar-images-suite.ts';
import { statisticsSuite } from './suites/statistics-suite.ts';
import { substringSearchSuite } from './suites/substring-search-suite.ts';
import { tagCountsSuite } from './suites/tag-counts-suite.ts';
import { tagSearchSuite } from './suites/tag-search-suite.ts';
import { settingsSuite } from './suites/settings-suite.ts';
import { tagsSuite } from './suites/tags-suite.ts';
import type { TestFramework } from './test-framework.ts';
import { updateSuite } from './suites/update-suite.ts';
import { upkeepSuite } from './suites/upkeep-suite.ts';
import { walkedFoldersSuite } from './suites/walked-folders-suite.ts';
import { watchSuite } from './suites/watch-suite.ts';

/** What every index promises, by subject. */
export const conformanceSuites = {
  annotations: annotationsSuite,
  autoTagRules: autoTagRulesSuite,
  changes: changesSuite,
  completions: completionsSuite,
  cursors: cursorsSuite,
  customTags: customTagsSuite,
  embeddings: embeddingsSuite,
  exchangedFiles: exchangedFilesSuite,
  fileMoves: fileMovesSuite,
  fileNames: fileNamesSuite,
  jobRecords: jobRecordsSuite,
  layout: layoutSuite,
  links: linksSuite,
  movesWhileUpdating: movesWhileUpdatingSuite,
  nearDuplicates: nearDuplicatesSuite,
  overtakenUpdates: overtakenUpdatesSuite,
  overview: overviewSuite,
  ownTexts: ownTextsSuite,
  pagesWhileWriting: pagesWhileWritingSuite,
  querySearch: querySearchSuite,
  settings: settingsSuite,
  similarImages: similarImagesSuite,
  statistics: statisticsSuite,
  substringSearch: substringSearchSuite,
  tagCounts: tagCountsSuite,
  tagSearch: tagSearchSuite,
  tags: tagsSuite,
  update: updateSuite,
  upkeep: upkeepSuite,
  walkedFolders: walkedFoldersSuite,
  watch: watchSuite,
} as const;
export type ConformanceSuite = keyof typeof conformanceSuites;

/**
 * Registers the tests of what every index promises, for an engine. The framework is `vitest` itself
 * (`import * as vitest from 'vitest'`). All suites, unless some are named: several test files run side by side.
 */
export function checkConformance(
  framework: TestFramework,
  openEngine: OpenEngine,
  suites: readonly ConformanceSuite[] = Object.keys(conformanceSuites) as ConformanceSuite[],
): void {
  const tools = conformanceTools(framework, openEngine);
  for (const suite of suites) framework.describe(suite, () => conformanceSuites[suite](tools));
}
