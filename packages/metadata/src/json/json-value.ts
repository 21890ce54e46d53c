/** A JSON value in which no number lost a digit: integers beyond 2^53 are `bigint`. */
export type JsonValue = null | boolean | number | bigint | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
/** Inherits nothing, so that a key such as `constructor` is only ever the file's own. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The value as an object, or undefined. */
export function jsonObject(value: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** The value as an array; `[]` for anything else. */
export function jsonArray(value: JsonValue | undefined): JsonArray {
  return isJsonArray(value) ? value : [];
}

/** The value when it is a string that is not empty. */
export function jsonText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The value as a finite number, also where a writer put it in a string. */
export function jsonNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || !numeral.test(value.trim())) return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** An integer as its exact decimal digits, also where a writer put it in a string. */
export function jsonDigits(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return /^-?\d{1,39}$/.test(text) ? text : undefined;
}

/** The value as text for the `parameters` record: strings bare, everything else as JSON. */
export function printJson(value: JsonValue): string {
  return typeof value === 'string' ? value : printNested(value);
}

function printNested(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isJsonArray(value)) return `[${value.map(printNested).join(', ')}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.entries(value).map(([key, member]) =>
    member === undefined ? '' : `${JSON.stringify(key)}: ${printNested(member)}`,
  );
  return `{${members.join(', ')}}`;
}
