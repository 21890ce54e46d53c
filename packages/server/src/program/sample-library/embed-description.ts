import { crc32 } from 'node:zlib';

import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';

import type { SampleImage } from './sample-images.ts';

/** The picture with its description in it, where and as the tool itself writes it. */
export async function embedDescription(picture: Buffer, image: SampleImage): Promise<Uint8Array> {
  if (image.tool === 'automatic1111') return writeMetadata(picture, infotext(image));
  const graph = asciiJson(comfyUiGraph(image));
  if (image.format === 'png') return withTextChunk(picture, 'prompt', graph);
  // ComfyUI's WebP: the graph behind `prompt:` in the EXIF tag Model.
  return sharp(picture)
    .withExif({ IFD0: { Model: `prompt:${graph}` } })
    .webp({ quality: 88 })
    .toBuffer();
}

function infotext(image: SampleImage): string {
  const settings = [
    `Steps: ${image.steps}`,
    `Sampler: ${image.sampler.a1111}`,
    'Schedule type: Karras',
    `CFG scale: ${image.cfgScale}`,
    `Seed: ${image.seed}`,
    `Size: ${image.width}x${image.height}`,
    `Model: ${image.model}`,
    'Version: v1.10.1',
  ];
  return `${image.prompt}\nNegative prompt: ${image.negativePrompt}\n${settings.join(', ')}`;
}

function comfyUiGraph(image: SampleImage): object {
  return {
    3: {
      class_type: 'KSampler',
      inputs: {
        seed: image.seed,
        steps: image.steps,
        cfg: image.cfgScale,
        sampler_name: image.sampler.comfyui,
        scheduler: 'karras',
        denoise: 1,
        model: ['4', 0],
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
      },
    },
    4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: `${image.model}.safetensors` } },
    5: {
      class_type: 'EmptyLatentImage',
      inputs: { width: image.width, height: image.height, batch_size: 1 },
    },
    6: { class_type: 'CLIPTextEncode', inputs: { text: image.prompt, clip: ['4', 1] } },
    7: { class_type: 'CLIPTextEncode', inputs: { text: image.negativePrompt, clip: ['4', 1] } },
    8: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    9: { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['8', 0] } },
  };
}

/** Bytes of a PNG's signature and its IHDR chunk, behind which text may stand. */
const PNG_HEAD = 8 + 25;

/** ComfyUI writes JSON with everything beyond ASCII escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function withTextChunk(png: Buffer, keyword: string, text: string): Buffer {
  const data = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(data));
  return Buffer.concat([png.subarray(0, PNG_HEAD), length, data, checksum, png.subarray(PNG_HEAD)]);
}
