import { jsonNumber, jsonObject, jsonText, type JsonObject } from '../../json/json-value.ts';
import { objectGenerator } from '../object-generator.ts';

/**
 * ByteDance: the record that Dreamina, Jimeng and CapCut put into what they export, in one object or, in videos, in one
 * for each of its parts. What was only cut or captioned there is exported with another type.
 */
export const bytedance = objectGenerator('bytedance', (object) => (isGenerated(object) ? {} : undefined));

function isGenerated(object: JsonObject): boolean {
  const label = jsonObject(object['aigc_info']) ?? object;
  const product = jsonObject(object['data']) ?? object;
  const isNamed = [label['source_info'], product['product']].some((name) =>
    products.test(jsonText(name) ?? ''),
  );
  const isLabelled = (jsonNumber(label['aigc_label_type']) ?? 0) > 0;
  return isNamed && (isLabelled || product['exportType'] === 'generation');
}

const products = /^(?:dreamina|jimeng|capcut|jianying|doubao|lv|vicut|seedream|seedance)/i;
