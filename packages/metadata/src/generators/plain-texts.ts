import type { EmbeddedText, Generation } from '../image-metadata.ts';
import { jsonDigits, jsonNumber } from '../json/json-value.ts';
import { looksLikeJson } from '../json/parse-tolerant-json.ts';
import { definedOnly } from './fields/defined-only.ts';
import { modelReference } from './fields/model-reference.ts';
import { promptText } from './fields/prompt-text.ts';
import { modelNames } from './easy-diffusion.ts';
import type { Generator } from './generator.ts';

/** What keys mean once case, blanks, hyphens and underscores are off. */
const names: Readonly<Record<string, string>> = {
  prompt: 'prompt',
  positiveprompt: 'prompt',
  negativeprompt: 'negativePrompt',
  seed: 'seed',
  steps: 'steps',
  numinferencesteps: 'steps',
  cfg: 'cfgScale',
  cfgscale: 'cfgScale',
  guidancescale: 'cfgScale',
  sampler: 'sampler',
  samplername: 'sampler',
  scheduler: 'scheduler',
  model: 'model',
  modelname: 'model',
  width: 'width',
  height: 'height',
};
/** EXIF and XMP give these names to other things: the model of a camera is one. */
const structured = /:(?:exif|xmp|iptc|c2pa)|^sidecar:/;
const maximumKey = 40;

/** Scripts that put each setting into a text of its own, under its plain name, and do not name themselves. */
export const plainTexts: Generator = {
  id: 'custom',
  parse({ embedded }) {
    // Asked of every file, which hardly ever has one: taking keys apart would cost more than all else here.
    if (!embedded.some(({ key }) => promptKey.test(key))) return [];
    if (embedded.some(({ key }) => modelNames.includes(key))) return [];
    const generation = describeImage(settingsOf(embedded));
    return generation.prompt === undefined ? [] : [{ generator: 'custom', generation }];
  },
};

const promptKey = /^(?:positive[\s_-]?)?prompt$/i;

function meaning(key: string): string | undefined {
  if (key.length > maximumKey) return undefined;
  const plain = key.toLowerCase().replaceAll(/[\s_-]/g, '');
  return Object.hasOwn(names, plain) ? names[plain] : undefined;
}

function settingsOf(embedded: readonly EmbeddedText[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const { key, text, location } of embedded) {
    const name = meaning(key);
    if (name !== undefined && !structured.test(location) && !settings.has(name)) settings.set(name, text);
  }
  return settings;
}

function describeImage(settings: ReadonlyMap<string, string>): Generation {
  const plain = (name: string): string | undefined => {
    const text = promptText(settings.get(name));
    // A graph or another record under this key, whole or damaged, is somebody else's.
    return text === undefined || text === '' || looksLikeJson(text) ? undefined : text;
  };
  const seed = jsonDigits(settings.get('seed'));
  return definedOnly({
    prompt: plain('prompt'),
    negativePrompt: plain('negativePrompt'),
    seed: seed === '-1' ? undefined : seed,
    steps: jsonNumber(settings.get('steps')),
    cfgScale: jsonNumber(settings.get('cfgScale')),
    sampler: plain('sampler'),
    scheduler: plain('scheduler'),
    width: jsonNumber(settings.get('width')),
    height: jsonNumber(settings.get('height')),
    model: modelReference(plain('model'), undefined),
  });
}
