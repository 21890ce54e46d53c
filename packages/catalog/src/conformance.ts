export { buildPng } from './conformance/build-png.ts';
export {
  checkConformance,
  type ConformanceSuite,
  conformanceSuites,
} from './conformance/check-conformance.ts';
export {
  type ConformanceTools,
  type EngineOptions,
  type OpenEngine,
  plainDescriber,
} from './conformance/conformance-tools.ts';
export { names } from './conformance/names.ts';
export { temporaryPictures } from './conformance/temporary-pictures.ts';
export type { TestFramework } from './conformance/test-framework.ts';
