import { annotationsSuite } from './annotations-suite.ts';
import { autoTagRulesSuite } from './auto-tag-rules-suite.ts';
import { changesSuite } from './changes-suite.ts';
import { conformanceTools, type OpenEngine } from './conformance-tools.ts';
import { customTagsSuite } from './custom-tags-suite.ts';
import { embeddingsSuite } from './embeddings-suite.ts';
import { fileMovesSuite } from './file-moves-suite.ts';
import { jobRecordsSuite } from './job-records-suite.ts';
import { movesWhileUpdatingSuite } from './moves-while-updating-suite.ts';
import { overviewSuite } from './overview-suite.ts';
import { searchSuite } from './search-suite.ts';
import { settingsSuite } from './settings-suite.ts';
import { tagsSuite } from './tags-suite.ts';
import type { TestFramework } from './test-framework.ts';
import { updateSuite } from './update-suite.ts';
import { watchSuite } from './watch-suite.ts';

/** What every index promises, by subject. */
export const conformanceSuites = {
  annotations: annotationsSuite,
  autoTagRules: autoTagRulesSuite,
  changes: changesSuite,
  customTags: customTagsSuite,
  embeddings: embeddingsSuite,
  fileMoves: fileMovesSuite,
  jobRecords: jobRecordsSuite,
  movesWhileUpdating: movesWhileUpdatingSuite,
  overview: overviewSuite,
  search: searchSuite,
  settings: settingsSuite,
  tags: tagsSuite,
  update: updateSuite,
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
