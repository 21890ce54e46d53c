import { ClusteringError } from '@iib-kit/clustering';

import type { AiSettings } from './ai-settings.ts';

/** A message without the provider's key: providers repeat it in theirs. */
export function withoutKey(message: string, { apiKey }: Pick<AiSettings, 'apiKey'>): string {
  const shown = apiKey === undefined ? message : message.replaceAll(apiKey, '***');
  // OpenAI repeats the ends of a wrong key around asterisks.
  return shown.replace(/\b(?:sk|key)-[\w*-]+/gi, '***');
}

/** Runs work whose failures clients and the log may read. */
export async function namingNoKey<T>(ai: AiSettings, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ClusteringError)) throw error;
    const { code, status, message } = error;
    throw new ClusteringError(code, withoutKey(message, ai), status === undefined ? {} : { status });
  }
}
