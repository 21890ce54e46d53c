import { describe, expect, it } from 'vitest';
import { ascii, userComment } from '../../../test/helpers/build-tiff.ts';
import { describeTexts } from '../../../test/helpers/describe-texts.ts';
import { fooocusLog } from '../../../test/helpers/fooocus-log.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { exifJpeg, exifWebp, pillowPng } from '../../../test/helpers/tool-files.ts';
import { fooocus } from './fooocus.ts';

const record = {
  adm_guidance: '(1.5, 0.8, 0.3)',
  base_model: 'juggernautXL_v8Rundiffusion',
  base_model_hash: 'AEB7E9E689',
  clip_skip: 2,
  guidance_scale: 4,
  lora_combined_1: 'sd_xl_offset_example-lora_1.0 : 0.1',
  loras: [['sd_xl_offset_example-lora_1.0', 0.1, '4852686128']],
  metadata_scheme: 'fooocus',
  negative_prompt: '',
  performance: 'Speed',
  prompt: 'soleil d’été',
  refiner_model: 'refiner.safetensors',
  refiner_switch: 0.667,
  resolution: '(1152, 896)',
  sampler: 'dpmpp_2m_sde_gpu',
  scheduler: 'karras',
  seed: '18446744073709551615',
  sharpness: 2,
  steps: 30,
  styles: "['Fooocus V2', 'Random Style']",
  vae: 'Default (model)',
  version: 'Fooocus v2.5.5',
};

describe('Fooocus', () => {
  it('reads a PNG with a seed beyond 2^63, a refiner and a LoRA that is written twice', () => {
    const file = pillowPng({ parameters: JSON.stringify(record), fooocus_scheme: 'fooocus' });
    expect(readDescription(file)).toEqual({
      generator: 'fooocus',
      generation: {
        prompt: 'soleil d’été',
        negativePrompt: '',
        seed: '18446744073709551615',
        steps: 30,
        cfgScale: 4,
        sampler: 'dpmpp_2m_sde_gpu',
        scheduler: 'karras',
        clipSkip: 2,
        width: 1152,
        height: 896,
        model: { name: 'juggernautXL_v8Rundiffusion', hash: 'aeb7e9e689' },
        loras: [{ name: 'sd_xl_offset_example-lora_1.0', weight: 0.1, hash: '4852686128' }],
        stages: [
          {
            role: 'base',
            seed: '18446744073709551615',
            steps: 30,
            cfgScale: 4,
            sampler: 'dpmpp_2m_sde_gpu',
            scheduler: 'karras',
            width: 1152,
            height: 896,
            model: { name: 'juggernautXL_v8Rundiffusion', hash: 'aeb7e9e689' },
          },
          { role: 'refiner', model: { name: 'refiner.safetensors' }, denoise: 0.333 },
        ],
        version: '2.5.5',
        parameters: {
          adm_guidance: '(1.5, 0.8, 0.3)',
          performance: 'Speed',
          sharpness: '2',
          styles: "['Fooocus V2', 'Random Style']",
        },
      },
    });
  });

  it.each(['jpeg', 'webp'] as const)(
    'reads the comment that stands in the first directory of a %s',
    (container) => {
      const parts = {
        ifd0: [
          userComment(JSON.stringify({ ...record, prompt: 'a smiling goldfish' }), 'none'),
          ascii(0x0131, 'Fooocus v2.5.5'),
          ascii(0x927c, 'fooocus'),
        ],
      };
      const file = container === 'jpeg' ? exifJpeg(parts) : exifWebp(parts);
      const { generator, generation } = readDescription(file);
      expect(generator).toBe('fooocus');
      expect(generation).toMatchObject({ prompt: 'a smiling goldfish', seed: '18446744073709551615' });
    },
  );

  it('says that EXIF lost the characters which are not ASCII', () => {
    const text = JSON.stringify({ ...record, prompt: '????????' });
    const { warnings } = describeTexts(fooocus, [
      { location: 'jpeg:exif:UserComment', key: 'UserComment', text },
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['lossy-encoding']);
    const png = describeTexts(fooocus, [{ location: 'png:tEXt', key: 'parameters', text }]);
    expect(png.warnings).toEqual([]);
  });

  it('reads its other scheme as an A1111 text under its own name', () => {
    const text = [
      'a goldfish, cinematic still',
      'Negative prompt: blurry',
      'Steps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 6952411511246973023, Size: 768x1280, CFG scale: 4, Sharpness: 2, Model hash: aeb7e9e689, Model: juggernautXL_v8Rundiffusion, Raw prompt: a goldfish, Version: Fooocus v2.4.3',
    ].join('\n');
    const { generator, generation } = readDescription(
      pillowPng({ parameters: text, fooocus_scheme: 'a1111' }),
    );
    expect(generator).toBe('fooocus');
    expect(generation).toMatchObject({ seed: '6952411511246973023', steps: 30 });
    expect(generation?.parameters?.['Raw prompt']).toBe('a goldfish');
  });
});

describe('log.html of Fooocus', () => {
  const log = fooocusLog([
    { file: '2024-05-01_12-00-00_10.png', record: { ...record, prompt: 'ten', seed: '10' } },
    { file: '2024-05-01_12-00-00_1.png', record: { ...record, prompt: "it's one\nof two lines", seed: '1' } },
  ]);
  const describeLog = (text: string, fileName: string) =>
    describeTexts(fooocus, [{ location: 'sidecar:html', key: 'log.html', text }], { fileName }).descriptions;

  it('finds the picture by its whole name and reads what the button copies', () => {
    const [one] = describeLog(log, '2024-05-01_12-00-00_1.png');
    expect(one?.generation).toMatchObject({ prompt: "it's one\nof two lines", seed: '1', steps: 30 });
    const [ten] = describeLog(log, '2024-05-01_12-00-00_10.png');
    expect(ten?.generation).toMatchObject({ prompt: 'ten', seed: '10' });
  });

  it('says nothing of a picture that is not in the log', () => {
    expect(describeLog(log, '2024-05-01_12-00-00_100.png')).toEqual([]);
  });

  it('reads the table of logs that have no button, and takes the weight off the LoRA', () => {
    const table = fooocusLog(
      [
        {
          file: 'a_1.png',
          record: {
            Prompt: '山の朝 </br> 静か',
            'Negative Prompt': 'blurry',
            Steps: '30',
            'Guidance Scale': '7.0',
            Resolution: '(1024, 1024)',
            'Base Model': 'base.safetensors',
            Seed: '77',
            'LoRA 1': 'offset.safetensors : 0.5',
            Version: 'Fooocus v2.1.865',
          },
        },
      ],
      { button: false },
    );
    const [description] = describeLog(table, 'a_1.png');
    expect(description).toEqual({
      generator: 'fooocus',
      generation: {
        prompt: '山の朝\n静か',
        negativePrompt: 'blurry',
        seed: '77',
        steps: 30,
        cfgScale: 7,
        width: 1024,
        height: 1024,
        model: { name: 'base.safetensors' },
        loras: [{ name: 'offset.safetensors', weight: 0.5 }],
        version: '2.1.865',
      },
    });
  });
});
