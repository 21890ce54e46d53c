import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascii } from '../../test/helpers/build-tiff.ts';
import { describeTexts } from '../../test/helpers/describe-texts.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { captionJpeg, exifJpeg, rawUtf8Png } from '../../test/helpers/tool-files.ts';
import { mochiDiffusion } from './mochi-diffusion.ts';

describe('Mochi Diffusion', () => {
  it('reads the first form, whose prompt may hold the separator', () => {
    const text =
      'Include in Image: a pond; calm; 春; Exclude from Image: people; boats; Model: sd-1.5; Steps: 28; Guidance Scale: 11.0; Seed: 3456789012; Size: 512x768; Upscaler: realesrgan512; Scheduler: DPM-Solver++; ML Compute Unit: CPU & Neural Engine; Generator: Mochi Diffusion 4.1';
    expect(readDescription(rawUtf8Png({ Description: text }))).toEqual({
      generator: 'mochi-diffusion',
      generation: {
        prompt: 'a pond; calm; 春',
        negativePrompt: 'people; boats',
        seed: '3456789012',
        steps: 28,
        cfgScale: 11,
        sampler: 'DPM-Solver++',
        width: 512,
        height: 768,
        model: { name: 'sd-1.5' },
        version: '4.1',
        parameters: { Upscaler: 'realesrgan512', 'ML Compute Unit': 'CPU & Neural Engine' },
      },
    });
  });

  it('reads the second form with escapes and repeated keys', () => {
    const text = [
      'Metadata Version: 2',
      'Date: 2026-02-01 10:00:00 +0000',
      String.raw`Include in Image: two\nlines; and a \\ backslash \n\r`,
      'Exclude from Image: ',
      'Model: flux',
      'Engine: mlx',
      'Input Images: a,b.png',
      'Input Images: c.png',
      'Seed: 1',
      'Steps: 4',
      'Generator: Mochi Diffusion 6.0',
    ].join('\n');
    expect(readDescription(captionJpeg(text))).toEqual({
      generator: 'mochi-diffusion',
      generation: {
        prompt: 'two\nlines; and a \\ backslash \n\r',
        negativePrompt: '',
        seed: '1',
        steps: 4,
        model: { name: 'flux' },
        version: '6.0',
        date: '2026-02-01 10:00:00 +0000',
        parameters: { Engine: 'mlx', 'Input Images': 'a,b.png, c.png' },
      },
    });
  });

  it('reads the copy in the description of a JPEG once', () => {
    const text = 'Include in Image: hut; Seed: 2; Generator: Mochi Diffusion 3.2';
    const file = exifJpeg({ ifd0: [ascii(0x010e, text), ascii(0x9c9b, 'x\0')] });
    expect(readDescription(file)).toEqual({
      generator: 'mochi-diffusion',
      generation: { prompt: 'hut', seed: '2', version: '3.2' },
    });
  });

  it('gives back every prompt that the second form escapes', () => {
    const escaped = (text: string) =>
      text
        .replaceAll('\\', '\\\\')
        .replaceAll('\n', String.raw`\n`)
        .replaceAll('\r', String.raw`\r`);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'n', 'r', '\\', '\n', '\r', ';', ':', ' ', '猫') }),
        (prompt) => {
          const text = `Metadata Version: 2\nInclude in Image: ${escaped(prompt)}\nGenerator: Mochi Diffusion 6.0`;
          const [found] = describeTexts(mochiDiffusion, [
            { location: 'jpeg:iptc:Caption-Abstract', key: 'Caption-Abstract', text },
          ]).descriptions;
          expect(found?.generation.prompt).toBe(prompt);
        },
      ),
    );
  });
});
