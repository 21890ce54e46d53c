import type { CallOptions } from './call-options.ts';

export interface PerceptualHash {
  readonly path: string;
  /** 64 bits, not negative. */
  readonly hash: bigint;
}

export interface NearDuplicate {
  readonly id: number;
  readonly path: string;
  /** In how many of 64 bits the hashes differ. */
  readonly distance: number;
}

/** Images that look alike, by perceptual hash. */
export interface NearDuplicates {
  savePerceptualHashes(hashes: readonly PerceptualHash[], options?: CallOptions): Promise<void>;
  perceptualHashOf(path: string, options?: CallOptions): Promise<bigint | undefined>;
  /** Images whose perceptual hash differs in at most so many bits, nearest first. */
  nearDuplicates(hash: bigint, distance: number, options?: CallOptions): Promise<readonly NearDuplicate[]>;
}
