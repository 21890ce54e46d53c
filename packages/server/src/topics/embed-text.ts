import type { AiSettings } from './ai-settings.ts';
import { embeddingSource, type SourceRequest } from './embedding-source.ts';
import type { LocalRarity } from './local-rarity.ts';
import { namingNoKey } from './provider-refusal.ts';

/** The vector of a text, comparable with those of images. */
export async function embedText(
  text: string,
  request: SourceRequest,
  signal: AbortSignal,
  { ai, rarity }: { readonly ai: AiSettings; readonly rarity: LocalRarity },
): Promise<Float32Array> {
  const source = embeddingSource(ai, request);
  const embedder = source.open(source.embedder === 'local' ? await rarity.known() : undefined);
  const work = async () => {
    for await (const outcomes of embedder.embed([text], { signal })) {
      for (const outcome of outcomes) {
        if ('error' in outcome) throw outcome.error;
        return outcome.vector;
      }
    }
    throw new TypeError(`the embedder ${embedder.model} gave nothing for a text`);
  };
  return namingNoKey(ai, work());
}
