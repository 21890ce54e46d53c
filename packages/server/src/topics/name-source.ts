import type { Namer } from '@iib-kit/clustering';
import { createOpenaiNamer } from '@iib-kit/clustering/openai';

import type { AiSettings } from './ai-settings.ts';
import { hasProvider, providerOf, type EmbedderName } from './embedding-source.ts';

/** Who gives titles: a chat model, or the terms that set clusters apart. */
export interface NameSource {
  /** `local`, or the name of the chat model. */
  readonly model: string;
  readonly namer: Namer | undefined;
}

/**
 * The provider's chat model where there is one; but who names the embedder of this machine alone wants nothing sent
 * anywhere.
 */
export function nameSource(
  ai: AiSettings,
  { embedder, titleModel }: { embedder?: EmbedderName | undefined; titleModel?: string | undefined },
): NameSource {
  const staysHere = embedder === 'local' && titleModel === undefined;
  if (!hasProvider(ai) || staysHere) return { model: 'local', namer: undefined };
  const model = titleModel ?? ai.titleModel;
  return { model, namer: createOpenaiNamer({ ...providerOf(ai), model }) };
}
