import type { EmbeddingReference } from '../../../image-metadata.ts';

/** A name, or an id of Civitai (`urn:air:sdxl:embedding:civitai:1@2`), which has colons of its own. */
const token = /(?<![\w-])embedding:(urn:air(?::[\w.-]+){4}(?:@[\w.-]+)?|[^\s,:()[\]<>]+)/gi;

/** Embeddings that prompts name as `embedding:name`, each once. */
export function embeddingsIn(prompts: readonly (string | undefined)[]): readonly EmbeddingReference[] {
  const names = prompts.flatMap((prompt) => [...(prompt ?? '').matchAll(token)].map(([, name = '']) => name));
  return [...new Set(names)].map((name) => ({ name }));
}
