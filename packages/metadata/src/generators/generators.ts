import { comfyui } from './comfyui/comfyui.ts';
import type { Generator } from './generator.ts';

/**
 * Generators by precedence: the first description found is the file's own, the others its
 * alternatives. Exact records of one tool come before texts that several tools write.
 */
export const generatorList: readonly Generator[] = [comfyui];
