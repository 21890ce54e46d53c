import fc from 'fast-check';
import type { MediaType } from '../../roles/indexed-image.ts';
import type { TagName } from '../../scan/scanned-file.ts';
import { localDate } from '../../text/local-date.ts';

/** A picture that is still to be written, by its path below the root. */
export interface MadeUpPicture {
  readonly name: string;
  readonly text: string;
  readonly bytes: number;
  readonly time: number;
  readonly width?: number;
  readonly height?: number;
  readonly seed?: string;
  readonly steps?: number;
  readonly cfgScale?: number;
  readonly generator?: string;
  readonly tags: readonly TagName[];
  readonly rating: number;
  readonly note: string;
  /** Names of tags that the user gives. */
  readonly custom: readonly string[];
}

// `.`, `/` and `0` follow each other: names that begin like a folder's stand on both sides of what is in it.
export const folderNames = ['a', 'a/b', 'a.b', 'a0', 'ab', 'Über', '猫/b'];
const fileNames = [
  'fox.png',
  'Red Fox.PNG',
  'firefox 8k.webp',
  'a_b 100%.png',
  'axb 1000.jpg',
  '少女と猫.png',
  'cafe\u0301.webp',
  'CAFÉ.jpg',
  'clip.mp4',
  'Лиса.mp4',
  'song.mp3',
  '🦊 q.png',
];

const words = [
  'red',
  'Fox',
  'foxes',
  'firefox',
  'deep snow',
  'НОЧЬ',
  'полночь',
  '猫',
  '一个少女',
  '100%',
  '1000',
  'a_b',
  'axb',
  'x',
  'q',
  '8k',
  'café',
  'cafe\u0301',
  'decaffeinated',
  'ΟΔΟΣ',
  'οδός',
  'Straße',
  // Their lower case is of ASCII letters, in the second beside a mark.
  '\u212Aelvin',
  'İstanbul',
  '🦊🌙',
  'back\\slash',
  'say "hi"',
  "it's",
  '(holding flower:1.2)',
  '<lora:Ink:0.8>',
  'line\nbreak',
];

const models = Array.from({ length: 24 }, (_, number) => `model-${number} XL`);
const tags: readonly TagName[] = [
  { type: 'pos', name: 'red fox' },
  { type: 'pos', name: 'Foxglove' },
  { type: 'pos', name: '100%' },
  { type: 'pos', name: '100x' },
  { type: 'pos', name: 'Äffchen' },
  { type: 'pos', name: 'kleines äffchen' },
  { type: 'pos', name: 'ink' },
  { type: 'Model', name: 'juggernautXL_v9' },
  { type: 'Sampler', name: 'Euler a' },
  { type: 'Sampler', name: 'DPM++ 2M' },
  { type: 'lora', name: 'Ink' },
  { type: 'lora', name: 'fox' },
  { type: 'lyco', name: 'fox' },
  { type: 'lyco', name: 'ink wash' },
  { type: 'Source Identifier', name: 'ComfyUI' },
];
/** Tags of the user; `like` is there from the beginning. */
export const customTags = ['like', 'To print', '猫'];

// Few times, so that many pictures share one: two of one second, both ends of a day, and one before 1970.
const times = [
  [2024, 0, 1, 12, 0, 0],
  [2024, 0, 1, 12, 0, 0.5],
  [2024, 0, 2, 0, 0, 0],
  [2024, 0, 2, 23, 59, 59.75],
  [2024, 0, 3, 0, 0, 0],
  [2024, 1, 29, 8, 0, 0],
  [2023, 11, 31, 23, 59, 59.75],
  [1969, 5, 1, 12, 0, 0],
].map(([year = 0, month = 0, day, hour, minute, second = 0]) => {
  const whole = new Date(year, month, day, hour, minute, Math.floor(second)).getTime() / 1000;
  return whole + (second % 1);
});

const maybe = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

const content = fc.record({
  words: fc.array(fc.constantFrom(...words), { maxLength: 5 }),
  bytes: fc.constantFrom(1000, 1024, 1025, 2048, 5000),
  time: fc.constantFrom(...times),
  width: maybe(512, 832),
  height: maybe(512, 1216),
  seed: maybe('0', '7', '42', '9007199254740991', '9007199254740993', '18446744073709551615'),
  steps: maybe(12, 15, 20, 25, 30),
  cfgScale: maybe(1, 4.5, 7),
  generator: maybe('comfyui', 'Fooocus', 'AUTOMATIC1111 Web UI'),
  tags: fc.subarray([...tags]),
  model: maybe(...models),
  rating: fc.constantFrom(0, 0, 0, 1, 3, 4, 5),
  note: fc.constantFrom('', '', 'To do', 'für das Poster'),
  custom: fc.subarray(customTags),
});

const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Every file name in every folder; what is in them is drawn, the same for the same seed. */
export function madeUpPictures(seed: number): MadeUpPicture[] {
  const names = folderNames.flatMap((folder) => fileNames.map((name) => `${folder}/${name}`));
  return fc.sample(content, { seed, numRuns: names.length }).map((drawn, at): MadeUpPicture => {
    const { width, height, seed: ownSeed, steps, cfgScale, generator, model, words: own, ...rest } = drawn;
    return {
      ...rest,
      ...defined({ width, height, seed: ownSeed, steps, cfgScale, generator }),
      name: names[at] ?? '',
      text: own.join(', '),
      tags: [...drawn.tags, ...(model === undefined ? [] : [{ type: 'Model', name: model }])],
    };
  });
}

/** Days on which pictures were made, as queries spell them. */
export const madeUpDays = [...new Set(times.map((time) => localDate(time * 1e6).slice(0, 10)))];

/** The medium that the name of one of these pictures promises. */
export function madeUpMedium(name: string): MediaType {
  if (name.endsWith('.mp4')) return 'video';
  return name.endsWith('.mp3') ? 'audio' : 'image';
}
