import { expect, it } from 'vitest';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { readSample } from '../../../test/helpers/read-sample.ts';

it('reads a real Fooocus file', () => {
  const { generator, generation } = readDescription(
    readSample('sd-parsers/parsers/Fooocus/fooocus1_cropped.png'),
  );
  expect(generator).toBe('fooocus');
  expect(generation).toMatchObject({
    prompt: 'a smiling goldfish',
    negativePrompt: '',
    seed: '6952411511246973023',
    steps: 30,
    cfgScale: 4,
    sampler: 'dpmpp_2m_sde_gpu',
    scheduler: 'karras',
    width: 768,
    height: 1280,
    clipSkip: 2,
    model: { name: 'juggernautXL_v8Rundiffusion', hash: 'aeb7e9e689' },
    version: '2.4.3',
  });
  expect(generation?.parameters?.['sharpness']).toBe('2');
  expect([generation?.loras, generation?.stages, generation?.vae]).toEqual([undefined, undefined, undefined]);
});
