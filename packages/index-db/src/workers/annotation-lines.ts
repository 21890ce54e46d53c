import { type AnnotationRecord, type ImportOutcome, IndexError, type ScopeOptions } from '@iib-kit/catalog';
import { parseJson } from '@iib-kit/files';
import type { IndexThreads } from './index-threads.ts';

const recordsAtOnce = 500;

// A record has a list of tags, and all lines are read on the thread that answers.
const lineLimits = { depth: 4, values: 10_000 };

/** One line of JSON for each image that its user annotated, without the line end. */
export async function* exportAnnotationLines(
  threads: IndexThreads,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const options = signal && { signal };
  let after = 0;
  while (true) {
    const records = await threads.slowQueries(
      'annotationRecords',
      [{ after, count: recordsAtOnce }],
      options,
    );
    for (const { id, ...record } of records) {
      after = id;
      yield JSON.stringify(record);
    }
    if (records.length < recordsAtOnce) return;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

function parseRecord(line: string, number: number): AnnotationRecord {
  const refuse = (cause?: unknown): never => {
    throw new IndexError('invalid-line', `Line ${number} is not a record of annotations`, {
      details: { position: number },
      cause,
    });
  };
  let value: unknown;
  try {
    value = parseJson(Buffer.from(line), lineLimits);
  } catch (error) {
    return refuse(error);
  }
  if (typeof value !== 'object' || value === null) return refuse();
  const {
    path,
    bytes,
    fingerprint,
    tags = [],
    rating = 0,
    note = '',
    infotext,
  } = value as Record<string, unknown>;
  const isRating = Number.isInteger(rating) && Number(rating) >= 0 && Number(rating) <= 5;
  const areTexts = isText(path) && isText(note) && (infotext === undefined || isText(infotext));
  if (!areTexts || !Array.isArray(tags) || !tags.every(isText) || !isRating) return refuse();
  return {
    path,
    bytes: Number(bytes ?? 0),
    tags,
    rating: Number(rating),
    note,
    ...(typeof fingerprint === 'number' && { fingerprint }),
    ...(infotext !== undefined && { infotext }),
  };
}

/** Reads such lines and applies them in batches; blank lines are passed over. */
export async function importAnnotationLines(
  threads: IndexThreads,
  lines: Iterable<string> | AsyncIterable<string>,
  { inside, ...options }: ScopeOptions,
): Promise<ImportOutcome> {
  let imported = 0;
  const unknown: string[] = [];
  let records: AnnotationRecord[] = [];
  let number = 0;
  async function flush(): Promise<void> {
    const outcome = await threads.writer('importAnnotations', [records, inside], options);
    records = [];
    imported += outcome.imported;
    unknown.push(...outcome.unknown);
  }
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') records.push(parseRecord(line, number));
    if (records.length === recordsAtOnce) await flush();
  }
  await flush();
  return { imported, unknown };
}
