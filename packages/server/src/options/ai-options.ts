import { promptNormalizeModes, type AiSettings, type PromptNormalizeMode } from '../topics/ai-settings.ts';
import { text } from '../ports/text.ts';
import { checkOptionNames } from './check-option-names.ts';
import { nonEmptyText, trueOrFalse, webAddress, wholeNumberFrom } from './option-checks.ts';
import { option, resolveOptions, type GivenOptions, type OptionSection } from './option.ts';

const DEFAULT_CHAT_MODEL = 'gpt-4o-mini';

/** The options of the provider of embeddings and chat. */
export const aiOptions = {
  /** Default none; a provider of your own at `baseUrl` may need none. */
  apiKey: option<string>({
    check: nonEmptyText,
    program: {
      env: 'OPENAI_API_KEY',
      help: text('Key of the provider of embeddings and chat', '向量与对话服务的密钥'),
    },
  }),
  /** Default OpenAI's own, `https://api.openai.com/v1`. */
  baseUrl: option<string>({
    check: webAddress,
    program: {
      env: 'OPENAI_BASE_URL',
      help: text(
        "The provider's address, with OpenAI's API; OpenAI itself by default",
        '服务地址（与 OpenAI API 兼容）；默认为 OpenAI',
      ),
    },
  }),
  /** Model for chat. Default `gpt-4o-mini`. */
  chatModel: option<string>({
    default: DEFAULT_CHAT_MODEL,
    check: nonEmptyText,
    program: { env: 'AI_MODEL', help: text('Model for chat', '对话模型') },
  }),
  /** Model for embeddings. Default `text-embedding-3-small`. */
  embeddingModel: option<string>({
    default: 'text-embedding-3-small',
    check: nonEmptyText,
    program: { env: 'EMBEDDING_MODEL', help: text('Model for embeddings', '向量模型') },
  }),
  /** Model that names clusters. Default: `chatModel`. */
  titleModel: option<string>({
    defaultFrom: ({ chatModel = DEFAULT_CHAT_MODEL }: { chatModel?: string }) => chatModel,
    check: nonEmptyText,
    program: {
      env: 'TOPIC_TITLE_MODEL',
      help: text(
        'Model that names clusters; that of AI_MODEL by default',
        '为聚类命名的模型；默认同 AI_MODEL',
      ),
    },
  }),
  /** Whether words of quality are taken out of prompts before they are embedded. Default `true`. */
  normalizePrompts: option<boolean>({
    default: true,
    check: trueOrFalse,
    program: {
      env: 'IIB_PROMPT_NORMALIZE',
      choices: ['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'],
      default: '1',
      read: (written) => !['0', 'false', 'no', 'off'].includes(written),
      help: text(
        'Whether words of quality are taken out of prompts before they are embedded',
        '计算向量之前是否去掉提示词中的画质词',
      ),
    },
  }),
  /** `theme_only` takes words of camera and light out too. Default `balanced`. */
  normalizeMode: option<PromptNormalizeMode>({
    default: 'balanced',
    choices: promptNormalizeModes,
    program: {
      env: 'IIB_PROMPT_NORMALIZE_MODE',
      help: text('theme_only takes words of camera and light out too', 'theme_only 会同时去掉镜头与光线用词'),
    },
  }),
  /** How long the provider may take for a request and its whole answer, in milliseconds. Default 60,000. */
  timeoutMs: option<number>({ default: 60_000, check: wholeNumberFrom(1) }),
  /** How often a request is sent again after a failure that may pass. Default 4. */
  retries: option<number>({ default: 4, check: wholeNumberFrom(0) }),
} as const satisfies OptionSection;

/** The provider of embeddings and chat, with OpenAI's API. All are optional. */
export interface AiOptions extends GivenOptions<typeof aiOptions> {}

/** Throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveAiOptions(options: AiOptions = {}): AiSettings {
  checkOptionNames('option of ai', options, Object.keys(aiOptions));
  return resolveOptions(aiOptions, options, 'ai.');
}
