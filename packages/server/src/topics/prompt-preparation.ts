import { preparePrompt, promptVersion, type PromptMode } from '@iib-kit/clustering';

import type { AiSettings } from './ai-settings.ts';

/** What is made of a generation text before it is embedded. */
export interface PromptPreparation {
  /** Belongs in every key under which something made of prepared texts is cached. */
  readonly version: string;
  prepare(infotext: string): string;
}

export function promptPreparation(ai: AiSettings, maxChars: number): PromptPreparation {
  const options = { mode: modeOf(ai), maxChars };
  return { version: promptVersion(options), prepare: (infotext) => preparePrompt(infotext, options) };
}

function modeOf({ normalizePrompts, normalizeMode }: AiSettings): PromptMode {
  if (!normalizePrompts) return 'plain';
  return normalizeMode === 'theme_only' ? 'theme' : 'balanced';
}
