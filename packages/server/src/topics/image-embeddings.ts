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

/** Images in one question for embedding states. */
const STATES_AT_ONCE = 1000;
/** Vectors added before the event loop may serve other requests. */
const VECTORS_AT_ONCE = 64;

/** Failures that would recur for the same text; asking again would only cost again. */
const lastingFailures: ReadonlySet<ClusteringErrorCode> = new Set(['rejected', 'invalid-vector']);

/** The outcome of embedding a list of images. */
export interface EmbedSummary {
  /** Images looked at. */
  readonly count: number;
  readonly updated: number;
  /** Images that already have their vector, or have no prompt. */
  readonly skipped: number;
  /** Images not tried again, as the model refused their text before. */
  readonly skippedFailed: number;
  readonly failed: number;
  /** Why the first of them failed. */
  readonly failure: string | undefined;
}

/** The progress of embedding. */
export interface EmbedProgress {
  readonly toEmbed: number;
  readonly embeddedDone: number;
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

/** How the vectors of some images are made: what decides whether a stored one still holds. */
export interface TextHashes {
  readonly model: string;
  /** What is stored with a vector of the image's text. */
  hashOf(image: PromptedImage): string;
  /** Whether a vector that was stored with this hash is one of the image's text. */
  isOf(hash: string | undefined, image: PromptedImage): boolean;
}

/**
 * Vectors of a provider are stored with the hash that IIB would store, so that neither pays for what the other has
 * embedded; those that were stored with a hash of our own still hold.
 */
function textHashes(
  { embedder, model }: Pick<EmbeddingSource, 'embedder' | 'model'>,
  { version, maxChars }: PromptPreparation,
  embedderModel: string,
): TextHashes {
  const own = (name: string, { text }: PromptedImage) =>
    createHash('sha256').update(`${embedderModel}\0${name}\0${text}`).digest('hex');
  if (embedder === 'local') {
    const hashOf = (image: PromptedImage) => own(version, image);
    return { model, hashOf, isOf: (hash, image) => hash === hashOf(image) };
  }
  const hashOf = (image: PromptedImage) => image.providerHash ?? own(version, image);
  return {
    model,
    hashOf,
    isOf: (hash, image) => hash === hashOf(image) || hash === own(`${version}-${maxChars}`, image),
  };
}

/** Gives images their vectors, and stores each as soon as it is there. */
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
  const hashes = textHashes(source, preparation, embedder.model);
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
    const report = () => onProgress?.({ ...tally, toEmbed: sorted.due.length, embeddedDone: embedded });
    report();
    const texts = sorted.due.map(({ text }) => text);
    const found = new Set<number>();
    for await (const outcomes of embedder.embed(texts, { signal })) {
      const stored = await storeOutcomes(outcomes, sorted.due, { index, ai, hashes });
      tally.updated += stored.saved;
      tally.failed += stored.failed;
      failure ??= stored.failure;
      embedded += outcomes.length;
      for (const outcome of outcomes) if ('vector' in outcome) found.add(outcome.vector.length);
      report();
    }
    const [length] = found;
    if (length === undefined || sorted.fresh.every((image) => image.dimension === length)) break;
    // The model now gives vectors of another length under the same name: the earlier ones no longer compare.
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
    if (force || state === undefined) due.push(image);
    else if (hashes.isOf(state.textHash, image) && state.dimension === dimension)
      fresh.push({ image, dimension: state.dimension });
    else if (state.failedHashes.some((hash) => hashes.isOf(hash, image))) refused += 1;
    else due.push(image);
  }
  return { due, fresh, refused };
}

/** From which texts the stored vectors of images were made. */
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

/** The dimension of the latest vector. */
function newestDimension(states: ReadonlyMap<string, EmbeddingState>): number | undefined {
  let newest: EmbeddingState | undefined;
  for (const state of states.values()) {
    if ((state.updatedAt ?? '') > (newest?.updatedAt ?? '')) newest = state;
  }
  return newest?.dimension;
}

async function storeOutcomes(
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
    const entry = { path: image.path, textHash: hashes.hashOf(image) };
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

/** Saves the entries of images that are still indexed, and returns their number. */
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
      // Refused although all are indexed: trying again would never end.
      if (still.length === left.length) throw error;
      left = still;
    }
  }
  return 0;
}

/** Vectors of images, and which image each belongs to. */
export interface ImageVectors {
  readonly vectors: VectorSet | undefined;
  /** Positions in the list of images, one for each vector. */
  readonly positions: readonly number[];
}

/** The stored vectors that belong to the images' texts as they are. */
export async function readVectors(
  images: readonly PromptedImage[],
  { folders }: ImageScope,
  { index, hashes, signal }: { index: EmbeddingIndex; hashes: TextHashes; signal: AbortSignal },
): Promise<ImageVectors> {
  const positionOf = new Map(images.map((image, position) => [image.path, position]));
  const states = await embeddingStates(index, hashes.model, [...positionOf.keys()], signal);
  const dimension = newestDimension(states);
  if (dimension === undefined) return { vectors: undefined, positions: [] };
  const vectors = new VectorSet(dimension, { capacity: states.size });
  const positions: number[] = [];
  let taken = 0;
  for await (const { path, textHash, vector } of index.embeddings(hashes.model, { folders, signal })) {
    const position = positionOf.get(path);
    const image = position === undefined ? undefined : images[position];
    if (position === undefined || image === undefined || vector.length !== dimension) continue;
    if (!hashes.isOf(textHash, image)) continue;
    vectors.add(vector);
    positions.push(position);
    taken += 1;
    if (taken % VECTORS_AT_ONCE === 0) await nextTurn();
  }
  return { vectors: taken === 0 ? undefined : vectors, positions };
}
