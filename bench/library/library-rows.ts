import { promptWriter } from './prompt-writer.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';
import { makeTopic, makeTopics, type Topic } from './topic.ts';
import { comfySamplers, loras, models, samplers } from './vocabulary.ts';
import { zipfRanks } from './zipf-ranks.ts';

export interface LibraryOptions {
  /** How many images. */
  images: number;
  /** Same seed and sizes, same library to the byte. Default 1. */
  seed?: number;
  /** How many topics the images are about. Default: one per 100 images, 8 at least, 400 at most. */
  topics?: number;
}

export type ImageFormat = 'png' | 'jpeg' | 'webp';

/** One image of the library, before anything is written. */
export interface LibraryRow {
  readonly index: number;
  /** Relative folder with `/`, such as `txt2img/2024-03-05` or `comfyui/Tamiro`. */
  readonly folder: string;
  readonly name: string;
  readonly format: ImageFormat;
  readonly generator: 'a1111' | 'comfyui';
  /** The number of its topic, or null for a one-off that belongs to none. */
  readonly topic: number | null;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps: number;
  readonly cfgScale: number;
  readonly sampler: string;
  readonly model: string;
  readonly lora: string | null;
  readonly imageSeed: number;
  readonly width: number;
  readonly height: number;
  /** Modification time in Unix milliseconds; a batch puts several into one second. */
  readonly mtimeMs: number;
}

type Shared = Omit<LibraryRow, 'index' | 'folder' | 'name' | 'imageSeed' | 'mtimeMs' | 'format'>;

const firstDay = Date.UTC(2023, 5, 1, 8);
const dayMs = 86_400_000;
const libraryDays = 700;
const oneOffShare = 0.05;
const comfyShare = 0.3;
const sizes = [
  [512, 768],
  [512, 512],
  [1024, 1024],
  [832, 1216],
  [768, 512],
  [1216, 832],
  [640, 960],
] as const;

/** How many topics a library of that size has unless the options say. */
export function defaultTopics(images: number): number {
  return Math.min(400, Math.max(8, Math.round(images / 100)));
}

/**
 * The images of a library in the order they were made, without writing any file: sessions about one topic,
 * batches that differ in the seed only, prompts that change a little from batch to batch.
 */
export function* libraryRows(options: LibraryOptions): Generator<LibraryRow, void, undefined> {
  const { images, seed = 1, topics: topicCount = defaultTopics(images) } = options;
  checkCount('images', images);
  checkCount('topics', topicCount);
  const random = seededRandom(seed);
  const topics = makeTopics(topicCount, random);
  const pickTopic = zipfRanks(topicCount, 0.8);
  const pickModel = zipfRanks(models.length, 1);
  const writePrompt = promptWriter();
  const clock = libraryClock(images, random);
  const names = fileNames(images);
  let index = 0;
  while (index < images) {
    const oneOff = random.chance(oneOffShare);
    const topic = oneOff ? makeTopic(-1, random) : at(topics, pickTopic(random));
    const session = startSession(topic, models[pickModel(random)] ?? 'base', random);
    const batches = oneOff ? 1 : 1 + random.below(24);
    clock.startSession();
    for (let batch = 0; batch < batches && index < images; batch++) {
      const shared = { ...session, ...writePrompt(topic, random), steps: 20 + 2 * random.below(11) };
      const firstSeed = random.below(4_294_967_000);
      const count = oneOff ? 1 : random.pick([1, 2, 4, 4, 8]);
      clock.startBatch();
      for (let member = 0; member < count && index < images; member++) {
        const format = pickFormat(shared.generator, random);
        const mtimeMs = clock.nextImage();
        const place = names.next({ generator: shared.generator, format, mtimeMs, seed: firstSeed + member });
        yield { index, ...place, ...shared, format, imageSeed: firstSeed + member, mtimeMs };
        index++;
      }
    }
  }
}

function startSession(
  topic: Topic,
  model: string,
  random: SeededRandom,
): Omit<Shared, 'prompt' | 'negativePrompt' | 'steps'> {
  const generator = random.chance(comfyShare) ? 'comfyui' : 'a1111';
  const [width, height] = random.pick(sizes);
  return {
    generator,
    topic: topic.id < 0 ? null : topic.id,
    cfgScale: 4 + random.below(13) / 2,
    sampler: random.pick(generator === 'comfyui' ? comfySamplers : samplers),
    model,
    lora: random.chance(0.3) ? random.pick(loras) : null,
    width,
    height,
  };
}

/** ComfyUI writes PNG; the A1111 family is set to JPEG or WebP by some of its users. */
function pickFormat(generator: LibraryRow['generator'], random: SeededRandom): ImageFormat {
  if (generator === 'comfyui') return 'png';
  const draw = random.next();
  if (draw < 0.12) return 'jpeg';
  return draw < 0.2 ? 'webp' : 'png';
}

function libraryClock(images: number, random: SeededRandom) {
  // A session has about 45 images; sessions are spread so that a library of any size covers the same time.
  const betweenSessions = (libraryDays * dayMs) / Math.max(1, images / 45);
  let nextSession = firstDay;
  let now = firstDay;
  let withinBatch = 0;
  return {
    startSession() {
      now = Math.max(now, nextSession);
      nextSession += Math.round(betweenSessions * (0.5 + random.next()));
    },
    startBatch() {
      now += 3_000 + random.below(20_000);
      withinBatch = 120 + random.below(300);
    },
    nextImage() {
      now += withinBatch + random.below(40);
      return now;
    },
  };
}

interface Naming {
  generator: LibraryRow['generator'];
  format: ImageFormat;
  mtimeMs: number;
  seed: number;
}

/** A1111 keeps a folder a day, numbered within; ComfyUI one counter over all, here in project folders. */
function fileNames(images: number) {
  const projectSize = Math.max(200, Math.min(5_000, Math.ceil(images / 20)));
  let comfyCounter = 0;
  let day = '';
  let dayCounter = 0;
  return {
    next({ generator, format, mtimeMs, seed }: Naming): { folder: string; name: string } {
      if (generator === 'comfyui') {
        const project = Math.floor(comfyCounter / projectSize);
        comfyCounter++;
        return {
          folder: `comfyui/project-${String(project + 1).padStart(2, '0')}`,
          name: `ComfyUI_${String(comfyCounter).padStart(5, '0')}_.png`,
        };
      }
      const today = new Date(mtimeMs).toISOString().slice(0, 10);
      dayCounter = today === day ? dayCounter + 1 : 0;
      day = today;
      const extension = format === 'jpeg' ? 'jpg' : format;
      return {
        folder: `txt2img/${today}`,
        name: `${String(dayCounter).padStart(5, '0')}-${seed}.${extension}`,
      };
    },
  };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item at ${index} of ${items.length}`);
  return item;
}

function checkCount(option: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${option} must be a whole number from 1 up, not ${value}`);
}
