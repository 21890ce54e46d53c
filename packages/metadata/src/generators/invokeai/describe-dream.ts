import type { Description } from '../../image-metadata.ts';
import { jsonDigits, jsonNumber } from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { splitBracketed } from './split-bracketed.ts';

/** Switches of the command line by the short and the long name. */
const switches: Readonly<Record<string, string>> = {
  s: 'steps',
  n: 'iterations',
  S: 'seed',
  W: 'width',
  H: 'height',
  C: 'cfg_scale',
  A: 'sampler',
  m: 'sampler',
  sampler_name: 'sampler',
  f: 'strength',
  I: 'init_img',
  M: 'init_mask',
  G: 'gfpgan_strength',
  ft: 'facetool',
  cf: 'codeformer_fidelity',
  U: 'upscale',
  V: 'with_variations',
  v: 'variation_amount',
  save_orig: 'save_original',
};
const fields: ReadonlySet<string> = new Set([
  'steps',
  'seed',
  'width',
  'height',
  'cfg_scale',
  'sampler',
  'strength',
]);

/** InvokeAI 1 and lstein's fork: the command line, the quoted prompt first. */
export function describeDream(text: string): Description | undefined {
  const parts = splitCommand(text.trim());
  if (parts === undefined) return undefined;
  const settings = readSwitches(parts.options);
  const get = (name: string): string | undefined => settings.get(name);
  const others = [...settings].filter(([name]) => !fields.has(name));
  const generation = definedOnly({
    ...splitBracketed(parts.prompt),
    seed: jsonDigits(get('seed')),
    steps: jsonNumber(get('steps')),
    cfgScale: jsonNumber(get('cfg_scale')),
    sampler: get('sampler'),
    denoise: jsonNumber(get('strength')),
    width: jsonNumber(get('width')),
    height: jsonNumber(get('height')),
    parameters: others.length > 0 ? Object.fromEntries(others) : undefined,
  });
  return { generator: 'invokeai', generation };
}

/** Quotes inside the prompt are not escaped: it ends at the first that a switch follows. */
function splitCommand(text: string): { readonly prompt: string; readonly options: string } | undefined {
  if (!text.startsWith('"')) return undefined;
  const close = text.slice(1).search(/"\s+-{1,2}[A-Za-z]/);
  const end = close < 0 ? text.lastIndexOf('"') : close + 1;
  if (end < 1) return undefined;
  return { prompt: text.slice(1, end), options: text.slice(end + 1) };
}

function readSwitches(options: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let name: string | undefined;
  for (const [, quoted, bare = ''] of options.matchAll(/"([^"]*)"|(\S+)/g)) {
    const found = quoted === undefined ? switchOf(bare) : null;
    if (found === null) {
      const value = quoted ?? bare;
      if (name !== undefined) settings.set(name, joined(settings.get(name), value));
      continue;
    }
    name = switches[found[1] ?? ''] ?? found[1] ?? '';
    settings.set(name, found[2] ?? '');
  }
  return settings;
}

/** `-s 50`, `-s50`, `--steps 50` and `--steps=50` are all in use. */
function switchOf(word: string): RegExpExecArray | null {
  return /^-([A-Za-z])(\d\S*)$/.exec(word) ?? /^--?([A-Za-z]\w*)(?:=(.*))?$/.exec(word);
}

function joined(before: string | undefined, value: string): string {
  return before === undefined || before === '' ? value : `${before} ${value}`;
}
