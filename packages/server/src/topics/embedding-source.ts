import { createLocalEmbedder, type Embedder, type Rarity } from '@iib-kit/clustering';
import { createOpenaiEmbedder } from '@iib-kit/clustering/openai';

import type { AiSettings } from './ai-settings.ts';
import { Refusal } from '../ports/refusal.ts';

/** What makes vectors: this machine, or the provider of the service's options. */
export type EmbedderName = 'local' | 'openai';

/** Where vectors come from, and the name under which the index stores them. */
export interface EmbeddingSource {
  readonly embedder: EmbedderName;
  readonly model: string;
  /** `rarity` is used by the local embedder. */
  open(rarity: Rarity | undefined): Embedder;
}

export interface SourceRequest {
  /** Default: the provider where there is one. */
  readonly embedder?: EmbedderName | undefined;
  /** The provider's model; ignored by the local embedder. */
  readonly model?: string | undefined;
  /** Maximum number of texts in one request to the provider. */
  readonly batchSize?: number | undefined;
}

/** Whether a provider can be asked: OpenAI with a key, or a server of one's own that may need none. */
export function hasProvider({ apiKey, baseUrl }: AiSettings): boolean {
  return apiKey !== undefined || baseUrl !== undefined;
}

/** Throws a `Refusal` 400 where the provider is asked for and none is set up. */
export function requireProvider(ai: AiSettings): void {
  if (hasProvider(ai)) return;
  throw new Refusal('no-model', {});
}

/** Whether vectors of a model come from TwelveLabs, whose API is none of OpenAI's; IIB can use it. */
export function isTwelveLabsModel(model: string): boolean {
  return /^(?:twelvelabs[/:])?marengo/i.test(model.trim());
}

/**
 * By default the provider where there is one that can embed. Throws a `Refusal` 400 where the provider is asked for and
 * none is set up, and for models that are not reached by OpenAI's API.
 */
export function embeddingSource(ai: AiSettings, request: SourceRequest): EmbeddingSource {
  const canEmbed = hasProvider(ai) && (request.model !== undefined || !isTwelveLabsModel(ai.embeddingModel));
  const { embedder = canEmbed ? 'openai' : 'local', batchSize } = request;
  if (embedder === 'local') {
    return {
      embedder,
      model: createLocalEmbedder().model,
      open: (rarity) => createLocalEmbedder(rarity === undefined ? {} : { rarity }),
    };
  }
  requireProvider(ai);
  const model = request.model ?? ai.embeddingModel;
  if (isTwelveLabsModel(model)) throw new Refusal('unsupported-model', { model });
  return {
    embedder,
    model,
    open: () =>
      createOpenaiEmbedder({
        ...providerOf(ai),
        model,
        ...(batchSize === undefined ? {} : { batchSize }),
      }),
  };
}

/** The provider as embedders and namers take it. */
export function providerOf({ apiKey, baseUrl, timeoutMs, retries }: AiSettings) {
  return {
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    timeoutMs,
    retries,
  };
}
