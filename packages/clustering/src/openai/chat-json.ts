import { z } from 'zod';
import { ClusteringError } from '../clustering-error.ts';
import { answerText } from './answer-text.ts';
import { askProvider } from './ask-provider.ts';
import { labelledLinesIn, objectsIn, withoutReasoning } from './json-in-text.ts';
import { postJson } from './post-json.ts';
import type { Provider } from './provider-options.ts';

// A title or three hundred grouped terms, and all that a model thinks before it.
const answerLimits = { bytes: 4 * 1024 * 1024, depth: 32, values: 20_000 };

/** What is asked of a chat model, and the form of its answer. */
export interface JsonQuestion<T> {
  readonly system: string;
  readonly user: string;
  /** A name for the form, letters and underscores. */
  readonly name: string;
  /** What models are asked for. */
  readonly schema: z.ZodType<T>;
  /** What is taken from models that do not keep to it. Default: `schema`. */
  readonly lenient?: z.ZodType<T>;
}

/**
 * Asks a chat model for JSON of a form. Servers differ in what they take, so a refused request is sent with less: with a
 * schema, then with "some JSON", then with nothing but the words, as one message; what was taken is remembered.
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
    const requests = requestsOf(question);
    for (let leanness = this.#leanness; ; leanness++) {
      const request = { model: this.#model, ...requests[leanness] };
      try {
        const answer = await askProvider(
          this.#provider,
          (limit) => this.#once(request, question, limit),
          signal,
        );
        this.#leanness = leanness;
        return answer;
      } catch (cause) {
        const refused = cause instanceof ClusteringError && cause.code === 'rejected';
        if (!refused || leanness >= requests.length - 1) throw cause;
      }
    }
  }

  async #once<T>(
    request: object,
    { schema, lenient = schema }: JsonQuestion<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const body = await postJson(this.#provider, 'chat/completions', request, {
      limits: answerLimits,
      signal,
    });
    const choice = firstChoice(body);
    const text = answerText(choice);
    const answer = withoutReasoning(text);
    // A model that ran out of words within its reasoning leaves drafts behind, which are no answer.
    const isCut = choice?.['finish_reason'] === 'length';
    const within = objectsIn(answer);
    const instead = isCut
      ? []
      : [...objectsIn(text), ...(within.length === 0 ? [labelledLinesIn(answer)] : [])];
    for (const object of [...within, ...instead]) {
      const checked = lenient.safeParse(object);
      if (checked.success) return checked.data;
    }
    if (answer.trim() === '' || isCut)
      throw new ClusteringError('invalid-answer', 'the model gave no whole answer');
    throw new ClusteringError(
      'invalid-answer',
      `the model's answer has another form: ${reasonFor(answer, lenient)}`,
    );
  }
}

function requestsOf({ system, user, name, schema }: JsonQuestion<unknown>): object[] {
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  const json_schema = { name, strict: true, schema: formOf(schema) };
  return [
    { messages, temperature: 0, response_format: { type: 'json_schema', json_schema } },
    { messages, temperature: 0, response_format: { type: 'json_object' } },
    // Some models know no system message, some no temperature.
    { messages: [{ role: 'user', content: `${system}\n\n${user}` }] },
  ];
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

function firstChoice(body: unknown): Record<string, unknown> | undefined {
  const { choices } = (body ?? {}) as { choices?: unknown };
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  return typeof choice === 'object' && choice !== null ? { ...choice } : undefined;
}

function reasonFor(answer: string, schema: z.ZodType): string {
  const [object] = objectsIn(answer);
  if (object === undefined) return 'it holds no JSON object';
  const { error } = schema.safeParse(object);
  return error === undefined ? '' : z.prettifyError(error).slice(0, 500);
}
