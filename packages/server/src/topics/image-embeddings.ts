import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { VectorSet, type ClusteringErrorCode, type EmbedOutcome } from '@iib-kit/clustering';

import type { AiSettings } from './ai-settings.ts';
import { errorCode } from '../ports/error-code.ts';
import type { ImageLookups, Embeddings, EmbeddingState } from '@iib-kit/catalog';
import type { EmbeddingSource } from './embedding-source.ts';
import type { ImageScope, PromptedImage } from './folder-texts.ts';
import type { LocalRarity } from './local-rarity.ts';
import type { PromptPreparation } from './prompt-preparation.ts';
import { withoutKey } from './provider-refusal.ts';

/** What embedding asks of an index. */
export type EmbeddingIndex = Pick<
  Embeddings,
  'embeddings' | 'embeddingStates' | 'saveEmbeddings' | 'saveEmbeddingFailures'
> &
  Pick<ImageLookups, 'images'>;

/** Images whose states are asked at once. */
const STATES_AT_ONCE = 1000;
/** Vectors taken in before other requests come in between. */
const VECTORS_AT_ONCE = 64;

/** What a model says of a text for good; asking again would only be paid for again. */
const lastingFailures: ReadonlySet<ClusteringErrorCode> = new Set(['rejected', 'invalid-vector']);

/** What became of the images that were to have vectors. */
export interface EmbedSummary {
  /** Images looked at. */
  readonly count: number;
  readonly updated: number;
  /** They have their vector already, or no prompt. */
  readonly skipped: number;
  /** Not asked again, as the model refused their text before. */
  readonly skippedFailed: number;
  readonly failed: number;
  /** Why the first of them failed. */
  readonly failure: string | undefined;
}

/** How far embedding is. */
export interface EmbedProgress {
  readonly to_embed: number;
  readonly embedded_done: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface EmbedRun {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: EmbedProgress) => void;
}

interface Parts {
  readonly index: EmbeddingIndex;
  readonly ai: AiSettings;
  readonly rarity: LocalRarity;
}

/** How the vectors of some images are made: what decides whether a kept one still holds. */
export interface TextHashes {
  readonly model: string;
  hashOf(text: string): string;
}

/** Gives images their vectors, and keeps each as soon as it is there. */
export async function embedImages(
  images: readonly PromptedImage[],
  how: { source: EmbeddingSource; preparation: PromptPreparation; force: boolean },
  { signal, onProgress }: EmbedRun,
  { index, ai, rarity }: Parts,
): Promise<EmbedSummary & { readonly hashes: TextHashes }> {
  const { source, preparation, force } = how;
  const withText = images.filter(({ text }) => text !== '');
  const words = source.embedder === 'local' ? await rarity.forTexts(withText.length, signal) : undefined;
  const embedder = source.open(words);
  const hashes: TextHashes = {
    model: source.model,
    hashOf: (text) =>
      createHash('sha256').update(`${embedder.model}\0${preparation.version}\0${text}`).digest('hex'),
  };
  const tally = { updated: 0, skipped: images.length - withText.length, skippedFailed: 0, failed: 0 };
  let failure: string | undefined;
  let remaining = withText;
  let isForced = force;
  let dimension: number | undefined;
  for (;;) {
    const sorted = await sortByState(remaining, { index, hashes, dimension, force: isForced, signal });
    tally.skipped += sorted.fresh.length;
    tally.skippedFailed += sorted.refused;
    let embedded = 0;
    const report = () => onProgress?.({ ...tally, to_embed: sorted.due.length, embedded_done: embedded });
    report();
    const texts = sorted.due.map(({ text }) => text);
    const found = new Set<number>();
    for await (const outcomes of embedder.embed(texts, { signal })) {
      const kept = await keep(outcomes, sorted.due, { index, ai, hashes });
      tally.updated += kept.saved;
      tally.failed += kept.failed;
      failure ??= kept.failure;
      embedded += outcomes.length;
      for (const outcome of outcomes) if ('vector' in outcome) found.add(outcome.vector.length);
      report();
    }
    const [length] = found;
    if (length === undefined || sorted.fresh.every((image) => image.dimension === length)) break;
    // The model gives other vectors than it once did under its name: those of then fit no more.
    remaining = sorted.fresh.filter((image) => image.dimension !== length).map(({ image }) => image);
    tally.skipped -= remaining.length;
    isForced = false;
    dimension = length;
  }
  return { count: images.length, ...tally, failure, hashes };
}

interface Sorted {
  readonly due: readonly PromptedImage[];
  readonly fresh: readonly { readonly image: PromptedImage; readonly dimension: number | undefined }[];
  readonly refused: number;
}

async function sortByState(
  images: readonly PromptedImage[],
  options: {
    index: EmbeddingIndex;
    hashes: TextHashes;
    dimension: number | undefined;
    force: boolean;
    signal: AbortSignal;
  },
): Promise<Sorted> {
  const { index, hashes, force, signal } = options;
  const states = await embeddingStates(
    index,
    hashes.model,
    images.map((image) => image.path),
    signal,
  );
  const dimension = options.dimension ?? newestDimension(states);
  const due: PromptedImage[] = [];
  const fresh: { image: PromptedImage; dimension: number | undefined }[] = [];
  let refused = 0;
  for (const image of images) {
    const state = states.get(image.path);
    const hash = hashes.hashOf(image.text);
    if (force || state === undefined) due.push(image);
    else if (state.textHash === hash && state.dimension === dimension)
      fresh.push({ image, dimension: state.dimension });
    else if (state.failedHashes.includes(hash)) refused += 1;
    else due.push(image);
  }
  return { due, fresh, refused };
}

/** From which texts the kept vectors of images were made. */
export async function embeddingStates(
  index: EmbeddingIndex,
  model: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, EmbeddingState>> {
  const states = new Map<string, EmbeddingState>();
  for (let start = 0; start < paths.length; start += STATES_AT_ONCE) {
    const some = paths.slice(start, start + STATES_AT_ONCE);
    for (const [image, state] of await index.embeddingStates(model, some, { signal }))
      states.set(image, state);
  }
  return states;
}

/** How many numbers the vector has that was made last. */
function newestDimension(states: ReadonlyMap<string, EmbeddingState>): number | undefined {
  let newest: EmbeddingState | undefined;
  for (const state of states.values()) {
    if ((state.updatedAt ?? '') > (newest?.updatedAt ?? '')) newest = state;
  }
  return newest?.dimension;
}

async function keep(
  outcomes: readonly EmbedOutcome[],
  images: readonly PromptedImage[],
  { index, ai, hashes }: { index: EmbeddingIndex; ai: AiSettings; hashes: TextHashes },
): Promise<{ saved: number; failed: number; failure: string | undefined }> {
  const vectors: { path: string; textHash: string; vector: Float32Array }[] = [];
  const lasting: { path: string; textHash: string; message: string }[] = [];
  let failed = 0;
  let failure: string | undefined;
  for (const outcome of outcomes) {
    const image = images[outcome.index];
    if (image === undefined) continue;
    const entry = { path: image.path, textHash: hashes.hashOf(image.text) };
    if ('vector' in outcome) {
      vectors.push({ ...entry, vector: outcome.vector });
      continue;
    }
    const message = withoutKey(outcome.error.message, ai);
    failed += 1;
    failure ??= message;
    if (lastingFailures.has(outcome.error.code)) lasting.push({ ...entry, message });
  }
  const saved = await saveIndexed(index, vectors, (some) => index.saveEmbeddings(hashes.model, some));
  await saveIndexed(index, lasting, (some) => index.saveEmbeddingFailures(hashes.model, some));
  return { saved, failed, failure };
}

/** Saves what belongs to images that are still there. Gives how many. */
async function saveIndexed<Entry extends { readonly path: string }>(
  index: EmbeddingIndex,
  entries: readonly Entry[],
  save: (entries: readonly Entry[]) => Promise<void>,
): Promise<number> {
  let left = entries;
  while (left.length > 0) {
    try {
      await save(left);
      return left.length;
    } catch (error) {
      if (errorCode(error) !== 'not-indexed') throw error;
      const there = await index.images(left.map((entry) => entry.path));
      const still = left.filter((entry) => there.has(entry.path));
      // What is refused although all are there would be refused for ever.
      if (still.length === left.length) throw error;
      left = still;
    }
  }
  return 0;
}

/** Vectors of images, and which image each belongs to. */
export interface ImageVectors {
  readonly vectors: VectorSet | undefined;
  /** Places in the list of images, one for each vector. */
  readonly places: readonly number[];
}

/** The kept vectors that belong to the images' texts as they are. */
export async function readVectors(
  images: readonly PromptedImage[],
  { folders }: ImageScope,
  { index, hashes, signal }: { index: EmbeddingIndex; hashes: TextHashes; signal: AbortSignal },
): Promise<ImageVectors> {
  const placeOf = new Map(images.map((image, place) => [image.path, place]));
  const states = await embeddingStates(index, hashes.model, [...placeOf.keys()], signal);
  const dimension = newestDimension(states);
  if (dimension === undefined) return { vectors: undefined, places: [] };
  const vectors = new VectorSet(dimension, { capacity: states.size });
  const places: number[] = [];
  let taken = 0;
  for await (const { path, textHash, vector } of index.embeddings(hashes.model, { folders, signal })) {
    const place = placeOf.get(path);
    const text = place === undefined ? undefined : images[place]?.text;
    if (place === undefined || text === undefined || vector.length !== dimension) continue;
    if (textHash !== hashes.hashOf(text)) continue;
    vectors.add(vector);
    places.push(place);
    taken += 1;
    if (taken % VECTORS_AT_ONCE === 0) await nextTurn();
  }
  return { vectors: taken === 0 ? undefined : vectors, places };
}
