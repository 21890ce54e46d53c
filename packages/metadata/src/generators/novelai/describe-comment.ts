import type { CharacterPrompt, Description, ModelReference } from '../../image-metadata.ts';
import {
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { otherSettings } from '../fields/other-settings.ts';
import { promptText } from '../fields/prompt-text.ts';
import type { NovelAiFrame } from './novelai-frame.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'uc',
  'seed',
  'steps',
  'scale',
  'sampler',
  'noise_schedule',
  'strength',
  'width',
  'height',
  'v4_prompt',
  'v4_negative_prompt',
  'signed_hash',
]);

/** The settings of NovelAI, and from V4 on the prompts of the single characters. */
export function describeComment(comment: JsonObject, frame: NovelAiFrame): Description {
  const caption = captionOf(comment['v4_prompt']);
  const negative = captionOf(comment['v4_negative_prompt']);
  const characters = readCharacters(comment['v4_prompt'], caption, negative);
  const generation = definedOnly({
    prompt: promptText(caption?.['base_caption'] ?? comment['prompt'] ?? frame.description),
    negativePrompt: promptText(negative?.['base_caption'] ?? comment['uc']),
    seed: jsonDigits(comment['seed']),
    steps: jsonNumber(comment['steps']),
    cfgScale: jsonNumber(comment['scale']),
    sampler: jsonText(comment['sampler']),
    scheduler: jsonText(comment['noise_schedule']),
    denoise: jsonNumber(comment['strength']),
    width: jsonNumber(comment['width']),
    height: jsonNumber(comment['height']),
    model: modelOf(frame.source),
    characters: characters.length > 0 ? characters : undefined,
    generationTime: jsonNumber(frame.generationTime),
    parameters: otherSettings(comment, taken),
  });
  return { generator: 'novelai', generation };
}

function captionOf(value: JsonValue | undefined): JsonObject | undefined {
  return jsonObject(jsonObject(value)?.['caption']);
}

function readCharacters(
  prompt: JsonValue | undefined,
  caption: JsonObject | undefined,
  negative: JsonObject | undefined,
): readonly CharacterPrompt[] {
  const negatives = jsonArray(negative?.['char_captions']);
  // Without coordinates the model places the characters, and what is recorded are defaults.
  const isPlaced = jsonObject(prompt)?.['use_coords'] === true;
  return jsonArray(caption?.['char_captions']).flatMap((value, index) => {
    const character = jsonObject(value);
    const text = promptText(character?.['char_caption']);
    if (text === undefined) return [];
    const negativePrompt = promptText(jsonObject(negatives[index])?.['char_caption']);
    const center = isPlaced ? centerOf(character?.['centers']) : undefined;
    return [{ prompt: text, ...definedOnly({ negativePrompt, center }) }];
  });
}

function centerOf(value: JsonValue | undefined): CharacterPrompt['center'] {
  const first = jsonObject(jsonArray(value)[0]);
  const x = jsonNumber(first?.['x']);
  const y = jsonNumber(first?.['y']);
  return x === undefined || y === undefined ? undefined : { x, y };
}

/** `NovelAI Diffusion V4.5 4BDE2A90`: name and hash; of old files `Stable Diffusion 1D44365E`. */
function modelOf(source: string | undefined): ModelReference | undefined {
  if (source === undefined || source === '') return undefined;
  const name = source.slice(0, -9).trimEnd();
  const hash = source.slice(-9);
  const hasHash = name !== '' && /^\s[\dA-F]{8}$/.test(hash);
  return hasHash ? { name, hash: hash.trim().toLowerCase() } : { name: source };
}
