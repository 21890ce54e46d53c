import type { EmbeddedText, Generation } from '../image-metadata.ts';
import { jsonDigits, jsonNumber } from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import type { Generator } from './generator.ts';

const prefix = 'SD:';
const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negative_prompt',
  'seed',
  'steps',
  'ddim_steps',
  'cfg_scale',
  'sampler',
  'sampler_name',
  'denoising_strength',
  'width',
  'height',
  'model',
  'model_name',
]);

/** Sygil and hlky's fork: one PNG text for each setting, their keys beginning with `SD:`. */
export const sygil: Generator = {
  id: 'sygil',
  parse({ embedded }) {
    const settings = settingsOf(embedded);
    if (!settings.has('prompt')) return [];
    return [{ generator: 'sygil', generation: describeImage(settings) }];
  },
};

function settingsOf(embedded: readonly EmbeddedText[]): ReadonlyMap<string, string> {
  const ours = embedded.filter(({ key }) => key.startsWith(prefix));
  return new Map(ours.map(({ key, text }) => [key.slice(prefix.length), text]));
}

function describeImage(settings: ReadonlyMap<string, string>): Generation {
  const get = (...names: readonly string[]): string | undefined => {
    const name = names.find((each) => (settings.get(each) ?? '') !== '');
    return name === undefined ? undefined : settings.get(name);
  };
  const model = get('model_name', 'model');
  const others = [...settings].filter(([name, value]) => !taken.has(name) && value !== '');
  return definedOnly({
    prompt: settings.get('prompt')?.trim(),
    negativePrompt: settings.get('negative_prompt')?.trim(),
    seed: jsonDigits(get('seed')),
    steps: jsonNumber(get('steps', 'ddim_steps')),
    cfgScale: jsonNumber(get('cfg_scale')),
    sampler: get('sampler_name', 'sampler'),
    denoise: jsonNumber(get('denoising_strength')),
    width: jsonNumber(get('width')),
    height: jsonNumber(get('height')),
    model: model === undefined ? undefined : { name: model },
    parameters: others.length > 0 ? Object.fromEntries(others) : undefined,
  });
}
