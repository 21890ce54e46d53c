import type { Generation } from '../image-metadata.ts';
import { jsonDigits, jsonNumber } from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import type { Generator } from './generator.ts';
import { pixelSize } from './fields/pixel-size.ts';

const taken: ReadonlySet<string> = new Set([
  'Include in Image',
  'Exclude from Image',
  'Model',
  'Steps',
  'Guidance Scale',
  'Seed',
  'Size',
  'Scheduler',
  'Generator',
  'Date',
  'Metadata Version',
]);

/** Every field that the first form of the record may have: only these end a value there. */
const fields = [
  ...taken,
  'Engine',
  'Model Key',
  'Quality',
  'Starting Image',
  'ControlNet Image',
  'Input Images',
  'ML Compute Unit',
  'Upscaler',
  'Strength',
];

/**
 * Mochi Diffusion: IPTC caption. First form: fields joined with `; ` and nothing escaped; second
 * form: one field a line, with backslash escapes.
 */
export const mochiDiffusion: Generator = {
  id: 'mochi-diffusion',
  parse({ embedded }) {
    // The caption is repeated in the TIFF or PNG description: one of them is enough.
    for (const { text } of embedded) {
      if (!text.includes('Generator: Mochi Diffusion')) continue;
      const settings = text.startsWith('Metadata Version: ') ? readLines(text) : readJoined(text);
      const version = /^Mochi Diffusion\s*(.*)$/.exec(last(settings.get('Generator')) ?? '')?.[1];
      if (version === undefined || !settings.has('Include in Image')) continue;
      return [{ generator: 'mochi-diffusion', generation: describeImage(settings, version) }];
    }
    return [];
  },
};

type Settings = ReadonlyMap<string, readonly string[]>;

function describeImage(settings: Settings, version: string): Generation {
  const get = (name: string): string | undefined => last(settings.get(name));
  const others = [...settings].filter(([name]) => !taken.has(name));
  const model = get('Model');
  return definedOnly({
    prompt: get('Include in Image'),
    negativePrompt: get('Exclude from Image'),
    seed: jsonDigits(get('Seed')),
    steps: jsonNumber(get('Steps')),
    cfgScale: jsonNumber(get('Guidance Scale')),
    // Mochi's "scheduler" is what others call the sampler.
    sampler: get('Scheduler'),
    ...pixelSize(get('Size')),
    model: model === undefined || model === '' ? undefined : { name: model },
    version: version === '' ? undefined : version,
    date: get('Date'),
    parameters:
      others.length === 0
        ? undefined
        : Object.fromEntries(others.map(([name, values]) => [name, values.join(', ')])),
  });
}

function last(values: readonly string[] | undefined): string | undefined {
  return values?.at(-1);
}

function readLines(text: string): Settings {
  return collect(
    text.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(colon, 0)), unescaped(line.slice(colon + 1).replace(/^ /, ''))];
    }),
  );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\' };

function unescaped(value: string): string {
  return value.replaceAll(/\\([nr\\])/g, (_match, letter: string) => escapes[letter] ?? '');
}

/** A prompt may hold `; ` itself: a value ends only where a known field follows. */
function readJoined(text: string): Settings {
  const opening = new RegExp(`(?:^|; )(${fields.join('|')}): ?`, 'g');
  const starts = [...text.matchAll(opening)];
  return collect(
    starts.map((match, index) => {
      const from = match.index + match[0].length;
      return [match[1] ?? '', text.slice(from, starts[index + 1]?.index).trim()];
    }),
  );
}

function collect(pairs: readonly (readonly string[])[]): Settings {
  const settings = new Map<string, string[]>();
  for (const [name = '', value = ''] of pairs) {
    if (name === '') continue;
    const values = settings.get(name);
    if (values === undefined) settings.set(name, [value]);
    else values.push(value);
  }
  return settings;
}
