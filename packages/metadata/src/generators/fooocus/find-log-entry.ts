import { isJsonObject, type JsonObject } from '../../json/json-value.ts';
import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';

/** Whether this is the page that Fooocus keeps beside the pictures of a day. */
export function isFooocusLog(text: string): boolean {
  return /^\s*(?:<!DOCTYPE html>\s*)?<html/i.test(text) && /<p>Fooocus Log /.test(text.slice(0, 10_000));
}

/** The record of one picture in the log of its day; undefined when it has none there. */
export function findLogEntry(log: string, fileName: string): JsonObject | undefined {
  const block = blockOf(log, fileName);
  if (block === undefined) return undefined;
  return buttonRecord(block) ?? tableRecord(block);
}

/** The block's id is the whole file name with dots as underscores, so `img_1` never finds `img_10`. */
function blockOf(log: string, fileName: string): string | undefined {
  const id = fileName.replaceAll('.', '_');
  const start = log.indexOf(`<div id="${id}"`);
  if (start < 0) return undefined;
  const end = log.indexOf('<div id="', start + 1);
  return log.slice(start, end < 0 ? undefined : end);
}

/** What the copy button holds is the exact record, as a URI component. */
function buttonRecord(block: string): JsonObject | undefined {
  const encoded = /to_clipboard\('([^']*)'\)/.exec(block)?.[1];
  if (encoded === undefined) return undefined;
  const record = parseTolerantJson(decoded(encoded));
  return isJsonObject(record) ? record : undefined;
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A cut or foreign escape: what is no JSON then is no record.
    return '';
  }
}

const row =
  /<td class=['"](?:key|label)['"]>([^<]*)<\/td>\s*<td class=['"]value['"]>((?:[^<]|<\/?br ?\/?>)*)<\/td>/g;

/** Logs of before the button: a row for each setting, line breaks as ` </br> `. */
function tableRecord(block: string): JsonObject | undefined {
  const rows = [...block.matchAll(row)].map(([, key = '', value = '']) => [
    key.trim(),
    value.replaceAll(/\s*<\/?br ?\/?>\s*/g, '\n').trim(),
  ]);
  return rows.length === 0 ? undefined : (Object.fromEntries(rows) as JsonObject);
}
