import type { CallOptions } from './call-options.ts';

export interface NewEmbedding {
  readonly path: string;
  /** Hash of the text that the vector was made from, to tell when it is out of date. */
  readonly textHash: string;
  readonly vector: Float32Array;
}

export interface EmbeddingFailure {
  readonly path: string;
  readonly textHash: string;
  readonly message: string;
}

export interface StoredEmbedding {
  readonly id: number;
  readonly path: string;
  readonly textHash: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly vector: Float32Array;
}

export interface EmbeddingState {
  /** Of the stored vector, if there is one; so are the next two. */
  readonly textHash?: string;
  /** ISO 8601. */
  readonly updatedAt?: string;
  readonly dimension?: number;
  /** Texts that the model refused. */
  readonly failedHashes: readonly string[];
}

export interface SimilarQuery {
  readonly model: string;
  readonly vector: Float32Array;
  readonly folders?: readonly string[];
  /** 50 unless given. */
  readonly count?: number;
  /** Cosine, -1 to 1; everything unless given. */
  readonly minScore?: number;
}

export interface SimilarImage {
  readonly id: number;
  readonly path: string;
  /** Cosine of the angle between the vectors. */
  readonly score: number;
}

/** Vectors of images, and the nearest to one. */
export interface Embeddings {
  /** Stores vectors, one per image and model. Throws `not-indexed`. */
  saveEmbeddings(model: string, embeddings: readonly NewEmbedding[], options?: CallOptions): Promise<void>;
  saveEmbeddingFailures(
    model: string,
    failures: readonly EmbeddingFailure[],
    options?: CallOptions,
  ): Promise<void>;
  /** From which text the vector of each image was made, and which texts were refused. */
  embeddingStates(
    model: string,
    paths: readonly string[],
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, EmbeddingState>>;
  /** The vectors of a model, by image id. */
  embeddings(
    model: string,
    options?: CallOptions & { folders?: readonly string[] },
  ): AsyncIterable<StoredEmbedding>;
  /** The vector of a model for one image; undefined for none. */
  embeddingOf(model: string, path: string, options?: CallOptions): Promise<StoredEmbedding | undefined>;
  /** How many images have a vector of this model, in these folders or everywhere. */
  embeddingCount(query: Pick<SimilarQuery, 'model' | 'folders'>, options?: CallOptions): Promise<number>;
  /** The images with the nearest vectors, nearest first: exact, every vector is compared. */
  similarImages(query: SimilarQuery, options?: CallOptions): Promise<readonly SimilarImage[]>;
}
