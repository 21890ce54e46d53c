import type { ScannedBatch, ScannedFile, TagName } from '@iib-kit/catalog/scan';

/** Numbers that look random and are the same in every run (xorshift). */
export function createRandom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const beginnings =
  's r t l n c m d p b g f h w v st tr pr ch sh th gr br cr fl cl k pl sp bl dr fr gl j sc y sl sn sw z qu str spl kn thr wh sk sm tw ph x gn'.split(
    ' ',
  );
const vowels = 'e a i o u ea ou io ai ee oo y ie oa au ia ei ue oi uo eau iou'.split(' ');
const ends =
  'r n t s d l y ng nt m st ck ll ss nd th p k sh g b ch ft x rn rd rk mp lt sk ct lf nk w f wn lm pt gh z rth dge'.split(
    ' ',
  );

/** Words whose letters are as unevenly spread as those of English, each once. */
export function makeVocabulary(size: number, random: () => number): string[] {
  // As in languages, few syllables are in most words and most syllables in few.
  const pick = (list: readonly string[]): string =>
    list[Math.floor(list.length ** random() - 1 + random())] ?? '';
  const words = new Set<string>();
  while (words.size < size) {
    let word = '';
    const syllables = 1 + Math.floor(random() * 3);
    for (let done = 0; done < syllables; done += 1) word += pick(beginnings) + pick(vowels);
    words.add(word + pick(ends));
  }
  return [...words];
}

export interface MadeUpLibrary {
  /** Few common and many rare words, as in prompts. */
  readonly vocabulary: readonly string[];
  /** Batches of images in the order of time, several a second, a thousand a folder. */
  batches(count: number): Generator<ScannedBatch>;
}

const batchSize = 1000;

/** The tags of a batch, each once, and where each stands. */
function createTagList() {
  const positions = new Map<string, number>();
  const names: TagName[] = [];
  const position = (type: string, name: string): number => {
    const key = `${type} ${name}`;
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, names.length);
    return names.push({ type, name }) - 1;
  };
  return { names, position };
}

function infotext(image: {
  prompt: readonly string[];
  negative: readonly string[];
  steps: number;
  seed: number;
  model: string;
}): string {
  const { prompt, negative, steps, seed, model } = image;
  return (
    `${prompt.join(', ')}\nNegative prompt: lowres, bad anatomy, ${negative.join(', ')}\n` +
    `Steps: ${steps}, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: ${seed}, Size: 832x1216, ` +
    `Model hash: ${(seed % 99_991).toString(16)}, Model: ${model}, Version: v1.9.4, Source Identifier: Stable Diffusion web UI`
  );
}

/** Images as an update would hand them to the writer, without files: about a kilobyte of text and 25 tags each. */
export function makeUpLibrary(seed: number): MadeUpLibrary {
  const random = createRandom(seed);
  const vocabulary = makeVocabulary(20_000, random);
  const models = makeVocabulary(60, random);
  // Zipf: the word of rank r is 1/r as frequent as the first.
  const word = (): string => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? '';

  function* batches(count: number): Generator<ScannedBatch> {
    for (let start = 0; start < count; start += batchSize) {
      const { names, position } = createTagList();
      const files: ScannedFile[] = [];
      for (let number = start; number < Math.min(count, start + batchSize); number += 1) {
        files.push(makeFile(number, position));
      }
      yield { files, failures: [], tags: names };
    }
  }

  function makeFile(number: number, position: (type: string, name: string) => number): ScannedFile {
    const prompt: string[] = [];
    let length = 0;
    while (length < 560) {
      const phrase = random() < 0.15 ? `${word()} ${word()}` : word();
      prompt.push(phrase);
      length += phrase.length + 2;
    }
    const negative = Array.from({ length: 18 }, word);
    const seed = Math.floor(random() * 2 ** 32);
    const model = models[Math.floor(random() ** 2 * models.length)] ?? '';
    const modified = 1_600_000_000_000_000 + number * 400_000 + Math.floor(random() * 100_000);
    const folder = `/library/photos/${String(Math.floor(number / 1000)).padStart(5, '0')}`;
    return {
      id: undefined,
      path: `${folder}/${String(number).padStart(7, '0')}-${seed}.png`,
      folder,
      bytes: 400_000 + Math.floor(random() * 2_000_000),
      modified,
      created: modified,
      media: 0,
      width: 832,
      height: 1216,
      fingerprint: Math.floor(random() * 2 ** 52),
      sidecar: 0,
      text: infotext({ prompt, negative, steps: 20 + (number % 20), seed, model }),
      tags: [
        position('Media Type', 'Image'),
        position('size', '832 × 1216'),
        position('Model', model),
        position('Sampler', 'DPM++ 2M Karras'),
        ...new Set(prompt.slice(0, 22).map((name) => position('pos', name))),
      ],
      seed: String(seed),
      steps: 20 + (number % 20),
      cfgScale: 7,
      generator: 'automatic1111',
    };
  }

  return { vocabulary, batches };
}
