import { promptNormalizeModes, type AiSettings, type PromptNormalizeMode } from '../topics/ai-settings.ts';
import { checkOptionNames } from './check-option-names.ts';

/** The provider of embeddings and chat, with OpenAI's API. All are optional. */
export interface AiOptions {
  /** Default none; a provider of your own at `baseUrl` may need none. */
  apiKey?: string;
  /** Default OpenAI's own, `https://api.openai.com/v1`. */
  baseUrl?: string;
  /** Model for chat. Default `gpt-4o-mini`. */
  chatModel?: string;
  /** Model for embeddings. Default `text-embedding-3-small`. */
  embeddingModel?: string;
  /** Model that names clusters. Default: `chatModel`. */
  titleModel?: string;
  /** Whether words of quality are taken out of prompts before they are embedded. Default `true`. */
  normalizePrompts?: boolean;
  /** `theme_only` takes words of camera and light out too. Default `balanced`. */
  normalizeMode?: PromptNormalizeMode;
  /** How long the provider may take for a request and its whole answer, in milliseconds. Default 60,000. */
  timeoutMs?: number;
  /** How often a request is sent again after a failure that may pass. Default 4. */
  retries?: number;
}

/** Throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveAiOptions(options: AiOptions = {}): AiSettings {
  checkOptionNames('option of ai', options, optionNames);
  const { normalizeMode = 'balanced', normalizePrompts = true } = options;
  if (!promptNormalizeModes.includes(normalizeMode)) {
    const choices = promptNormalizeModes.join(', ');
    throw new RangeError(
      `option ai.normalizeMode must be one of ${choices}, not ${JSON.stringify(normalizeMode)}`,
    );
  }
  if (typeof normalizePrompts !== 'boolean')
    throw new TypeError('option ai.normalizePrompts must be true or false');
  const chatModel = nonEmpty('chatModel', options.chatModel) ?? 'gpt-4o-mini';
  return Object.freeze({
    apiKey: nonEmpty('apiKey', options.apiKey),
    baseUrl: webAddress(options.baseUrl),
    chatModel,
    embeddingModel: nonEmpty('embeddingModel', options.embeddingModel) ?? 'text-embedding-3-small',
    titleModel: nonEmpty('titleModel', options.titleModel) ?? chatModel,
    normalizePrompts,
    normalizeMode,
    timeoutMs: whole('timeoutMs', options.timeoutMs ?? 60_000, 1),
    retries: whole('retries', options.retries ?? 4, 0),
  });
}

const optionNames: readonly (keyof AiOptions)[] = [
  'apiKey',
  'baseUrl',
  'chatModel',
  'embeddingModel',
  'titleModel',
  'normalizePrompts',
  'normalizeMode',
  'timeoutMs',
  'retries',
];

/** Timers take no more. */
const MAX_WHOLE = 2 ** 31 - 1;

function whole(name: keyof AiOptions, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= MAX_WHOLE) return value;
  throw new RangeError(
    `option ai.${name} must be a whole number from ${least} to ${MAX_WHOLE}, not ${JSON.stringify(value)}`,
  );
}

/** The value is not repeated: it may be a key that stands in the wrong place. */
function nonEmpty(name: keyof AiOptions, value: string | undefined): string | undefined {
  if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
  throw new TypeError(`option ai.${name} must be a text that is not empty`);
}

function webAddress(baseUrl: string | undefined): string | undefined {
  const address = nonEmpty('baseUrl', baseUrl);
  if (address === undefined) return undefined;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new RangeError('option ai.baseUrl must be an http or https address');
}
