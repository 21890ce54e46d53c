import type { EmbeddingReference } from '../../../image-metadata.ts';

const token = /(?<![\w-])embedding:([^\s,:()[\]<>]+)/gi;

/** Embeddings that prompts name as `embedding:name`, each once. */
export function embeddingsIn(prompts: readonly (string | undefined)[]): readonly EmbeddingReference[] {
  const names = prompts.flatMap((prompt) => [...(prompt ?? '').matchAll(token)].map(([, name = '']) => name));
  return [...new Set(names)].map((name) => ({ name }));
}
