import type { LibraryRow } from './library-rows.ts';

/** The parameters text that the A1111 family writes for the image. */
export function parametersText(row: LibraryRow): string {
  const lora = row.lora === null ? '' : ` <lora:${row.lora}:0.8>`;
  const hash = modelHash(row.model);
  return [
    row.prompt + lora,
    `Negative prompt: ${row.negativePrompt}`,
    `Steps: ${row.steps}, Sampler: ${row.sampler}, CFG scale: ${row.cfgScale}, Seed: ${row.imageSeed}, ` +
      `Size: ${row.width}x${row.height}, Model hash: ${hash}, Model: ${row.model}, Denoising strength: 0.45, ` +
      `Clip skip: 2, ADetailer model: face_yolov8n.pt, ADetailer confidence: 0.3, ADetailer dilate erode: 4, ` +
      `ADetailer mask blur: 4, ADetailer denoising strength: 0.4, ADetailer version: 24.4.2, ` +
      `Hires upscale: 1.5, Hires steps: 10, Hires upscaler: Latent, Version: v1.9.4`,
  ].join('\n');
}

/** The graph that ComfyUI queues for the image, as the text of its `prompt` chunk: ASCII with \u escapes. */
export function comfyPromptText(row: LibraryRow): string {
  const model = row.lora === null ? ['4', 0] : ['10', 0];
  const clip = row.lora === null ? ['4', 1] : ['10', 1];
  const graph: Record<string, { class_type: string; inputs: Record<string, unknown> }> = {
    '3': {
      class_type: 'KSampler',
      inputs: {
        seed: row.imageSeed,
        steps: row.steps,
        cfg: row.cfgScale,
        sampler_name: row.sampler,
        scheduler: 'karras',
        denoise: 1,
        model,
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
      },
    },
    '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: `${row.model}.safetensors` } },
    '5': { class_type: 'EmptyLatentImage', inputs: { width: row.width, height: row.height, batch_size: 1 } },
    '6': { class_type: 'CLIPTextEncode', inputs: { text: row.prompt, clip } },
    '7': { class_type: 'CLIPTextEncode', inputs: { text: row.negativePrompt, clip } },
    '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['8', 0] } },
  };
  if (row.lora !== null) {
    graph['10'] = {
      class_type: 'LoraLoader',
      inputs: {
        lora_name: `${row.lora}.safetensors`,
        strength_model: 0.8,
        strength_clip: 0.8,
        model: ['4', 0],
        clip: ['4', 1],
      },
    };
  }
  return escapeNonAscii(JSON.stringify(graph));
}

function escapeNonAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function modelHash(model: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < model.length; index++) {
    hash = Math.imul(hash ^ model.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(10, 'a');
}
