export { describeErrorBody } from './openai/error-body.ts';
export { createOpenaiEmbedder, type OpenaiEmbedderOptions } from './openai/openai-embedder.ts';
export type { ProviderOptions } from './openai/provider-options.ts';
export { createOpenaiNamer, type OpenaiNamerOptions } from './openai/openai-namer.ts';
export { createOpenaiAbstractor, type OpenaiAbstractorOptions } from './openai/openai-abstractor.ts';
