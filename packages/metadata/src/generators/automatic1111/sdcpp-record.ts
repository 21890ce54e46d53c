import type { LoraReference } from '../../image-metadata.ts';
import { jsonArray, jsonNumber, jsonObject, jsonText, type JsonValue } from '../../json/json-value.ts';
import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';
import { definedOnly } from '../fields/defined-only.ts';
import type { Settings } from './settings.ts';

export function isSdcpp(settings: Settings): boolean {
  return settings.get('Version')?.startsWith('stable-diffusion.cpp') === true || settings.has('SDCPP');
}

/** `METHOD SCHEDULE` in one setting: names of methods hold no blank, so that schedules to come are told too. */
export function splitSdcppSampler(recorded: string): { sampler: string; scheduler?: string } {
  const [sampler = recorded, scheduler] = recorded.split(/\s+/, 2);
  return scheduler === undefined ? { sampler } : { sampler, scheduler };
}

/** LoRAs of the JSON that newer versions append, which were given apart from the prompt. */
export function sdcppLoras(settings: Settings): readonly LoraReference[] {
  const text = settings.get('SDCPP');
  const record = text === undefined ? undefined : jsonObject(parseTolerantJson(text));
  return jsonArray(record?.['loras']).slice(0, maximumLoras).flatMap(readLora);
}

const maximumLoras = 500;

function readLora(value: JsonValue): readonly LoraReference[] {
  const lora = jsonObject(value);
  const name = jsonText(lora?.['name']);
  return name === undefined ? [] : [{ name, ...definedOnly({ weight: jsonNumber(lora?.['multiplier']) }) }];
}
