export { buildPng } from './conformance/library/build-png.ts';
export {
  checkConformance,
  type ConformanceSuite,
  conformanceSuites,
} from './conformance/check-conformance.ts';
export type { ConformanceTools } from './conformance/conformance-tools.ts';
export { names } from './conformance/library/names.ts';
export {
  type EngineOptions,
  type OpenEngine,
  plainDescriber,
} from './conformance/library/temporary-library.ts';
export { temporaryPictures } from './conformance/library/temporary-pictures.ts';
export type { TestFramework } from './conformance/test-framework.ts';
