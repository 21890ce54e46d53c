export const promptNormalizeModes = ['balanced', 'theme_only'] as const;
export type PromptNormalizeMode = (typeof promptNormalizeModes)[number];

/** The provider of embeddings and chat, with defaults filled in. */
export interface AiSettings {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly chatModel: string;
  readonly embeddingModel: string;
  readonly titleModel: string;
  readonly normalizePrompts: boolean;
  readonly normalizeMode: PromptNormalizeMode;
  readonly timeoutMs: number;
  readonly retries: number;
}
