import type { AiSettings } from './ai-settings.ts';
import { Refusal } from '../ports/refusal.ts';
import type { ImageLookups, Embeddings } from '@iib-kit/catalog';
import { embeddingSource, type SourceRequest } from './embedding-source.ts';
import { DEFAULT_MAX_CHARS } from './cluster-request.ts';
import { promptPreparation, type PromptPreparation } from './prompt-preparation.ts';
import type { Topics } from './topics.ts';

/** What to search for: the meaning of a text, or of the prompt of another image. */
export type MeaningTarget = { readonly query: string } | { readonly image: string };

export interface MeaningRequest extends SourceRequest {
  readonly target: MeaningTarget;
  /** Absolute. */
  readonly folders: readonly string[];
  readonly count: number;
  readonly minScore: number;
  readonly ensureEmbedded: boolean;
  readonly maxChars?: number | undefined;
}

export interface MeaningHit {
  readonly id: number;
  readonly path: string;
  /** Cosine. */
  readonly score: number;
  readonly samplePrompt: string;
}

interface Parts {
  readonly index: Pick<Embeddings, 'embeddingCount' | 'similarImages'> &
    Pick<ImageLookups, 'images' | 'infotexts'>;
  readonly ai: AiSettings;
  readonly topics: Topics;
}

export interface MeaningResult {
  /** How many images the target was compared with. */
  readonly compared: number;
  readonly hits: readonly MeaningHit[];
}

/** The images whose prompts are nearest to the target, nearest first. Throws a `Refusal` 400 and 404. */
export async function searchByMeaning(
  request: MeaningRequest,
  signal: AbortSignal,
  parts: Parts,
): Promise<MeaningResult> {
  const { index, ai, topics } = parts;
  const { target, folders, count, minScore } = request;
  const source = embeddingSource(ai, request);
  const preparation = promptPreparation(ai, request.maxChars ?? DEFAULT_MAX_CHARS);
  const wanted = await targetText(target, index, preparation);
  if (folders.length === 0) return { compared: 0, hits: [] };
  if (request.ensureEmbedded) {
    await topics.ensureEmbedded({ ...request, recursive: true }, { signal });
  }
  const vector = await topics.embedText(wanted, request, signal);
  const itself = 'image' in target ? target.image : undefined;
  const found = await index.similarImages(
    { model: source.model, vector, folders, count: itself === undefined ? count : count + 1, minScore },
    { signal },
  );
  const nearest = found.filter((hit) => hit.path !== itself).slice(0, count);
  const infotexts = await index.infotexts(nearest.map((hit) => hit.path));
  const hits = nearest.map(({ id, path, score }) => ({
    id,
    path,
    score,
    samplePrompt: preparation.prepare(infotexts.get(path) ?? ''),
  }));
  return { compared: await index.embeddingCount({ model: source.model, folders }, { signal }), hits };
}

async function targetText(
  target: MeaningTarget,
  index: Pick<ImageLookups, 'images' | 'infotexts'>,
  preparation: PromptPreparation,
): Promise<string> {
  if ('query' in target) {
    // A query of nothing but quality words is used as it is.
    const prepared = preparation.prepare(target.query) || target.query.trim();
    if (prepared !== '') return prepared;
    throw new Refusal('empty-query', {});
  }
  const infotext = (await index.infotexts([target.image])).get(target.image);
  if (infotext === undefined && !(await index.images([target.image])).has(target.image)) {
    throw new Refusal('image-not-indexed', { path: target.image });
  }
  const prepared = preparation.prepare(infotext ?? '');
  if (prepared !== '') return prepared;
  throw new Refusal('no-prompt', { path: target.image });
}
