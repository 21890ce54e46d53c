import type OpenAI from 'openai';
import { z } from 'zod';
import { ClusteringError } from '../clustering-error.ts';
import { askProvider } from './ask-provider.ts';
import type { Provider } from './provider-options.ts';

type Request = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

const completion = z.object({
  choices: z
    .array(
      z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish() }) }),
    )
    .min(1),
});

/** What is asked of a chat model, and the form of its answer. */
export interface JsonQuestion<T> {
  readonly system: string;
  readonly user: string;
  /** A name for the form, letters and underscores. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
}

/**
 * Asks a chat model for JSON of a form. Servers differ in what they take, so a refused request is sent with less: with a
 * schema, then with "some JSON", then with nothing but the words; what was taken is remembered.
 */
export class JsonChat {
  readonly #provider: Provider;
  readonly #model: string;
  #leanness = 0;

  constructor(provider: Provider, model: string) {
    this.#provider = provider;
    this.#model = model;
  }

  /** Throws a ClusteringError (`invalid-answer` after all retries where the form is wrong), or the signal's reason. */
  async ask<T>(question: JsonQuestion<T>, signal: AbortSignal | undefined): Promise<T> {
    const extras = this.#extras(question);
    for (let leanness = this.#leanness; ; leanness++) {
      const request: Request = {
        model: this.#model,
        messages: [
          { role: 'system', content: question.system },
          { role: 'user', content: question.user },
        ],
        ...extras[leanness],
      };
      try {
        const answer = await askProvider(
          this.#provider,
          (limit) => this.#once(request, question.schema, limit),
          signal,
        );
        this.#leanness = leanness;
        return answer;
      } catch (cause) {
        const refused = cause instanceof ClusteringError && cause.code === 'rejected';
        if (!refused || leanness >= extras.length - 1) throw cause;
      }
    }
  }

  #extras({ name, schema }: JsonQuestion<unknown>): Partial<Request>[] {
    const form = formOf(schema);
    return [
      {
        temperature: 0,
        response_format: { type: 'json_schema', json_schema: { name, strict: true, schema: form } },
      },
      { temperature: 0, response_format: { type: 'json_object' } },
      {},
    ];
  }

  async #once<T>(request: Request, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const body: unknown = await this.#provider.client.chat.completions.create(request, { signal });
    const parsed = completion.safeParse(body);
    const [choice] = parsed.success ? parsed.data.choices : [];
    const content = choice?.message.content ?? '';
    if (content === '' || choice?.finish_reason === 'length') {
      throw new ClusteringError('invalid-answer', 'the model gave no whole answer');
    }
    const checked = schema.safeParse(jsonIn(content));
    if (checked.success) return checked.data;
    throw new ClusteringError(
      'invalid-answer',
      `the model's answer has another form: ${z.prettifyError(checked.error)}`,
    );
  }
}

/** The schema without limits of length, which OpenAI's strict mode refuses; the answer is checked against them anyway. */
function formOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...form } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const limit of ['minLength', 'maxLength', 'minItems', 'maxItems'] as const)
        delete jsonSchema[limit];
    },
  });
  return form;
}

/** The JSON object in an answer, also between words or in a code block; undefined where there is none. */
function jsonIn(content: string): unknown {
  const [start, end] = [content.indexOf('{'), content.lastIndexOf('}')];
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(content.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
