import { promptNormalizeModes, type AiSettings, type PromptNormalizeMode } from '../topics/ai-settings.ts';
import { checkOptionNames } from './check-option-names.ts';
import { oneOf } from './option-checks.ts';
import { resolveOptions, type OptionTable } from './option-table.ts';

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

/** Every option, once: its default and its check. Each is given its own value and all that was given beside it. */
const aiOptions = {
  apiKey: (given) => nonEmpty('apiKey', given),
  baseUrl: (given) => webAddress(given),
  chatModel: (given) => chatModel(given),
  embeddingModel: (given) => nonEmpty('embeddingModel', given) ?? 'text-embedding-3-small',
  titleModel: (given, all) => nonEmpty('titleModel', given) ?? chatModel(all.chatModel),
  normalizePrompts: (given = true) => trueOrFalse('normalizePrompts', given),
  normalizeMode: (given = 'balanced') => oneOf('ai.normalizeMode', given, promptNormalizeModes),
  timeoutMs: (given = 60_000) => whole('timeoutMs', given, 1),
  retries: (given = 4) => whole('retries', given, 0),
} satisfies OptionTable<AiOptions, AiSettings>;

/** Throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveAiOptions(options: AiOptions = {}): AiSettings {
  checkOptionNames('option of ai', options, Object.keys(aiOptions));
  return resolveOptions(aiOptions, options);
}

function chatModel(given: string | undefined): string {
  return nonEmpty('chatModel', given) ?? 'gpt-4o-mini';
}

function trueOrFalse(name: keyof AiOptions, value: boolean): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`option ai.${name} must be true or false`);
}

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
