import { preparePrompt, promptVersion, type PromptMode } from '@iib-kit/clustering';

import type { AiSettings } from './ai-settings.ts';
import { hasProvider } from './embedding-source.ts';
import { iibTextHash } from './iib-text-hash.ts';

/** What is made of a generation text before it is embedded. */
export interface PromptPreparation {
  /** Belongs in every key under which something made of prepared texts is cached. */
  readonly version: string;
  /** The longest text that is prepared, in UTF-16 units. */
  readonly maxChars: number;
  prepare(infotext: string): string;
  /** What is stored with the vector of a provider; undefined where there is no provider. */
  readonly providerHash: ((infotext: string) => string) | undefined;
}

export function promptPreparation(ai: AiSettings, maxChars: number): PromptPreparation {
  const options = { mode: modeOf(ai), maxChars };
  return {
    version: promptVersion(options),
    maxChars,
    prepare: (infotext) => preparePrompt(infotext, options),
    providerHash: hasProvider(ai) ? (infotext) => iibTextHash(infotext, options) : undefined,
  };
}

function modeOf({ normalizePrompts, normalizeMode }: AiSettings): PromptMode {
  if (!normalizePrompts) return 'plain';
  return normalizeMode === 'theme_only' ? 'theme' : 'balanced';
}
