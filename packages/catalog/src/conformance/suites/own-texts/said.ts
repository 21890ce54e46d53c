import type { FileRecord } from '../../library/write-record.ts';

/** What a text says, as searches find it. */
export interface Said {
  readonly text: string;
  readonly word: string;
  readonly model: string | undefined;
  readonly seed: string | undefined;
  readonly steps: number | undefined;
  readonly cfg: number | undefined;
  readonly generator: string | undefined;
  readonly pos: readonly string[];
}

export const ofFile: Said = {
  text: 'badger, snow\nSteps: 31, Seed: 4711, CFG scale: 9, Model: file-model',
  word: 'badger',
  model: 'file-model',
  seed: '4711',
  steps: 31,
  cfg: 9,
  generator: 'comfyui',
  pos: ['badger', 'snow'],
};

export function record({ text, model, seed, steps, cfg, generator, pos }: Said): FileRecord {
  return {
    infotext: text,
    ...(seed !== undefined && { seed }),
    ...(steps !== undefined && { steps }),
    ...(cfg !== undefined && { cfgScale: cfg }),
    ...(generator !== undefined && { generator }),
    width: 64,
    height: 48,
    tags: [
      { type: 'size', name: '64 × 48' },
      { type: 'Media Type', name: 'Image' },
      ...pos.map((name) => ({ type: 'pos', name })),
      ...(model === undefined ? [] : [{ type: 'Model', name: model }]),
    ],
  };
}

export const withSettings: Said = {
  text: 'heron, reeds\nNegative prompt: blur\nSteps: 7, Sampler: DDIM, CFG scale: 4, Seed: 87654321, Model: own-model',
  word: 'heron',
  model: 'own-model',
  seed: '87654321',
  steps: 7,
  cfg: 4,
  generator: 'automatic1111',
  pos: ['heron', 'reeds'],
};
export const none = {
  model: undefined,
  seed: undefined,
  steps: undefined,
  cfg: undefined,
  generator: undefined,
} as const;

export const edits: readonly (readonly [string, Said])[] = [
  ['of a prompt and settings', withSettings],
  ['of a prompt alone', { ...none, text: 'otter, river', word: 'otter', pos: ['otter', 'river'] }],
  ['that empties the text', { ...none, text: '', word: '', pos: [] }],
];
