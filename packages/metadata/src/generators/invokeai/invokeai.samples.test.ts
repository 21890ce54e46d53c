import { describe, expect, it } from 'vitest';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { readSample } from '../../../test/helpers/read-sample.ts';

const prompt =
  'professional full body photo of young woman, hyper long brunette hair, elegant hair, wearing a bikini top and asymmetric short skirt, curvy body, long legs, (imperfect skin), detailed skin, intense freckles, super long eye lashes, at night, outside, city background, 8k ultra detailed, realistic, high quality, film grain, low contrast';

describe('real InvokeAI files', () => {
  it('reads the command line of version 1', () => {
    expect(readDescription(readSample('sd-parsers/parsers/InvokeAI/invokeai_dream1.png'))).toEqual({
      generator: 'invokeai',
      generation: {
        prompt,
        negativePrompt: 'rendering, glowing eyes, skinny',
        seed: '2980747362',
        steps: 50,
        cfgScale: 5,
        sampler: 'k_lms',
        width: 512,
        height: 768,
        parameters: { gfpgan_strength: '0.9', codeformer_fidelity: '0.75', upscale: '4 0.95' },
      },
    });
  });

  it('prefers the record of version 2 to the command line beside it', () => {
    expect(readDescription(readSample('sd-parsers/parsers/InvokeAI/invokeai_sdmeta1.png'))).toMatchObject({
      generator: 'invokeai',
      generation: {
        prompt,
        negativePrompt: 'rendering, glowing eyes, skinny',
        seed: '2980747362',
        steps: 50,
        cfgScale: 5,
        sampler: 'k_lms',
        width: 512,
        height: 768,
        model: {
          name: 'deliberateForInvoke_v08',
          hash: '56d1442a0feefd64836a19ac8e3527ec71c884fc962e246ddf67b03e42921272',
        },
        version: '2.3.0',
      },
    });
  });

  it('reads the record of version 3', () => {
    expect(readDescription(readSample('sd-parsers/parsers/InvokeAI/invokeai_imeta1.png'))).toMatchObject({
      generator: 'invokeai',
      generation: {
        prompt: 'digital artwork, oil painting. painterly brushstrokes, holidays,',
        negativePrompt:
          'grainy+, photo, oversaturated, overexposed, blurry, compressed jpg+, noisy++, unfocused , black and white',
        seed: '3293022630',
        steps: 35,
        cfgScale: 8,
        sampler: 'euler',
        width: 1024,
        height: 1024,
        model: { name: 'juggernautXL' },
        vae: 'VAEFix',
      },
    });
  });
});
