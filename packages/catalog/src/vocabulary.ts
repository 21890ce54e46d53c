export { autoTagFields, autoTagOperators } from './roles/auto-tag-rules.ts';
export { extraPathTypes } from './roles/folders.ts';
export { querySorts } from './roles/image-searches.ts';
export { mediaTypes } from './roles/indexed-image.ts';
export { completionFields } from './roles/library-overview.ts';
