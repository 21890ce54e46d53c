import type { NodeKinds } from './generators/comfyui/node-kinds/node-kind.ts';
import type { Generator } from './generators/generator.ts';
import type { Platform } from './platform.ts';

export interface ReadOptions extends Platform {
  /** Stops between two reads and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Name of the file where the source has none; it identifies the output of a graph that wrote it. */
  readonly fileName?: string;
  /**
   * Whether to look for text hidden in the pixels of a PNG or lossless WebP: `auto` (default) where
   * nothing else is found, `always`, or `never`.
   */
  readonly stealth?: 'auto' | 'always' | 'never';
  /** Whether `generation.provenance` names the source of each field; false by default. */
  readonly provenance?: boolean;
  /** Whether to give every EXIF value as `exif`, beside those texts that generators write; false by default. */
  readonly exif?: boolean;
  /** Generators of your own, asked before the built-in ones. */
  readonly generators?: readonly Generator[];
  /** ComfyUI node classes of your own, by class name; they come before those known. */
  readonly comfyNodeKinds?: NodeKinds;
}

/** How to read a file on Node. */
export interface FileReadOptions extends ReadOptions {
  /**
   * Whether a file in which nothing is found is looked up beside itself: `.txt`, `.json` and
   * `.swarm.json` of the same stem, and the `log.html` of Fooocus; true by default.
   */
  readonly sidecars?: boolean;
  /**
   * Where the bytes of a source that is not a path lie, so that it is looked up beside itself as well. The file is not
   * opened again.
   */
  readonly path?: string;
  /**
   * Folders, absolute and with their links resolved, that the file and what lies beside it must really lie in: links that
   * lead elsewhere are refused or, beside the file, passed over. By default the file may lie anywhere, and what lies
   * beside it in its folder alone.
   */
  readonly within?: readonly string[];
}
