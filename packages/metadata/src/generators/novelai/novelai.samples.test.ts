import { expect, it } from 'vitest';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { readSample } from '../../../test/helpers/read-sample.ts';

it('reads a real file of the first NovelAI', () => {
  const { generator, generation } = readDescription(
    readSample('sd-parsers/parsers/NovelAI/novelai1_cropped.png'),
  );
  expect(generator).toBe('novelai');
  expect(generation).toMatchObject({
    prompt: 'masterpiece, best quality,  cat, space, icon',
    seed: '2253955223',
    steps: 50,
    cfgScale: 10,
    sampler: 'k_euler_ancestral',
    denoise: 0.4,
    model: { name: 'Stable Diffusion', hash: '1d44365e' },
    parameters: { noise: '0' },
  });
  expect(generation?.negativePrompt?.startsWith('lowres, bad anatomy, bad hands')).toBe(true);
});
