/** What one sample image pretends to be: where it lies, how it was made, and the seed of its drawing. */
export interface SampleImage {
  readonly file: string;
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly tool: 'automatic1111' | 'comfyui';
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly model: string;
  readonly sampler: { readonly a1111: string; readonly comfyui: string };
  readonly seed: number;
  readonly steps: number;
  readonly cfgScale: number;
  readonly width: number;
  readonly height: number;
}

const subjects = [
  'a lighthouse on a cliff above a stormy sea',
  'a fox asleep in autumn leaves',
  'a glass greenhouse at night, glowing from within',
  'an old clockmaker at his bench',
  'a paper boat on a mirror-still lake',
  'a market street under coloured awnings',
  'a whale drifting through clouds',
  'a cat on a windowsill, rain outside',
  'a stone bridge over a mountain stream',
  'a robot watering a bonsai',
  '雪山と湖、夕焼け',
  '一只在竹林里的熊猫, 水墨画',
];

const styles = [
  'masterpiece, oil painting',
  'photo, 35mm, film grain',
  'flat vector illustration, pastel colours',
];

const models = ['dreamshaper_8', 'juggernautXL_v9', 'flux1-dev'];

const samplers = [
  { a1111: 'Euler a', comfyui: 'euler_ancestral' },
  { a1111: 'DPM++ 2M', comfyui: 'dpmpp_2m' },
  { a1111: 'UniPC', comfyui: 'uni_pc' },
];

const sizes = [
  { width: 512, height: 512 },
  { width: 512, height: 768 },
  { width: 768, height: 512 },
];

const formats = ['png', 'jpeg', 'webp'] as const;

/** Every subject in every style, over the tools, formats and sizes in turn; the same on every machine. */
export const sampleImages: readonly SampleImage[] = subjects.flatMap((subject, row) =>
  styles.map((style, column) => sampleImage(`${subject}, ${style}`, row * styles.length + column)),
);

function sampleImage(prompt: string, number: number): SampleImage {
  const tool = number % 3 === 2 ? 'comfyui' : 'automatic1111';
  // ComfyUI itself writes no JPEG.
  const format =
    tool === 'comfyui' ? pick(['png', 'webp'] as const, number >> 1) : pick(formats, number >> 1);
  const seed = 1_000_000_007 + number * 7919;
  const counter = String(number + 1).padStart(5, '0');
  const name = tool === 'comfyui' ? `comfyui/ComfyUI_${counter}_` : `txt2img/${counter}-${seed}`;
  return {
    file: `${name}.${format === 'jpeg' ? 'jpg' : format}`,
    format,
    tool,
    prompt,
    negativePrompt: 'lowres, blurry, watermark',
    model: pick(models, number),
    sampler: pick(samplers, number >> 2),
    seed,
    steps: 20 + (number % 4) * 5,
    cfgScale: 4.5 + (number % 5),
    ...pick(sizes, number),
  };
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], position: number): T {
  const item = list[position % list.length];
  if (item === undefined) throw new RangeError('the list is empty');
  return item;
}
