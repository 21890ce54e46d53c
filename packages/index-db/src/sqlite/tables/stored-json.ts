/** A value that was stored as JSON; undefined for what is none, as another program or a failing drive leaves it. */
export function parseStored(json: string | null): unknown {
  if (json === null) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** A list of texts that was stored as JSON; undefined for anything else. */
export function parseStoredTexts(json: string | null): readonly string[] | undefined {
  const value = parseStored(json);
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** A list of row ids that was stored as JSON; undefined for anything else. */
export function parseStoredIds(json: string | null): readonly number[] | undefined {
  const value = parseStored(json);
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item))
    ? (value as readonly number[])
    : undefined;
}
