import { describe, expect, it } from 'vitest';
import { readDescription } from '../../test/helpers/read-description.ts';
import { readSample } from '../../test/helpers/read-sample.ts';

const prompt =
  'wide shot, photo of a cat with mixed black and white fur, sitting in the middle of an open roadway, holding a cardboard sign that says "Meow I\'m a Cat". In the distance behind is a green road sign that says "Model Testing Street".';

describe('real SwarmUI files', () => {
  it.each([
    [
      'flux-schnell.jpg',
      4,
      1,
      'Flux/flux1-schnell-fp8',
      '9.75 total seconds (average 3.04 seconds per image)',
    ],
    [
      'auraflow-02.jpg',
      20,
      3.5,
      'AuraFlow/aura_flow_0.2',
      '84.14 total seconds (average 27.83 seconds per image)',
    ],
  ])('reads %s', (file, steps, cfgScale, model, time) => {
    expect(readDescription(readSample(`swarmui/${file}`))).toEqual({
      generator: 'swarmui',
      generation: {
        prompt,
        seed: '1',
        steps,
        cfgScale,
        width: 1024,
        height: 1024,
        model: { name: model },
        version: '0.9.3.1',
        date: '2024-11-19',
        parameters: {
          images: '3',
          aspectratio: '1:1',
          imageformat: 'JPG90',
          automaticvae: 'true',
          generation_time: time,
        },
      },
    });
  });
});
