import { describe, expect, it } from 'vitest';
import type { Description } from '../../image-metadata.ts';
import { parseSample } from '../../../test/helpers/parse-sample.ts';
import { comfyui } from './comfyui.ts';

const files = [
  ...['hiresfix_esrgan_workflow', 'hiresfix_latent_workflow'].map((name) => `2_pass_txt2img/${name}`),
  '3d/stable_zero123_example',
  ...[
    'square_area_for_2_subjects',
    'square_area_for_2_subjects_first_pass',
    'workflow_night_evening_day_morning',
  ].map((name) => `area_composition/${name}`),
  'chroma/chroma_example',
  'flux2/flux2_example',
  'hypernetworks/hypernetwork_example_output',
  'img2img/img2img_workflow',
  'inpaint/inpaint_example',
  'lcm/lcm_basic_example',
  'lora/lora',
  'lora/lora_multiple',
  'lumina2/lumina2_basic_example',
  'noisy_latent_composition/noisy_latents_3_subjects',
  'omnigen/omnigen2_example',
  'sdturbo/sdxlturbo_example',
  'sdxl/sdxl_refiner_prompt_example',
  'sdxl/sdxl_simple_example',
  'textual_inversion_embeddings/embedding_example',
  'unclip/unclip_example',
  'upscale_models/esrgan_example',
].map((name) => `comfyui-examples/${name}.png`);

const others = [
  'comfyui-examples/hunyuan_video/hunyuan_video_text_to_video.webp',
  'comfyui-examples/video/txt_to_image_to_video.webp',
  'cubiq/basic_images_SDXL_simple.png',
  'cubiq/basic_images_wf_sd1x_basic.png',
  'cubiq/image_conditioning_images_img2img.png',
  'cubiq/image_conditioning_images_unclip.png',
  'cubiq/text2img_images_conditioning_average.png',
  'cubiq/text2img_images_word_weight.png',
  'cubiq/upscale_images_tile_upscale.png',
  'cubiq/upscale_images_upscale_pixel_by_model.png',
  'sd-parsers/parsers/ComfyUI/img2img_cropped.png',
  'sd-parsers/parsers/ComfyUI/night_evening_day_morning_cropped.png',
  'sd-parsers/parsers/ComfyUI/noisy_latents_3_subjects_cropped.png',
  'sd-parsers/parsers/ComfyUI/unclip_2pass_cropped.png',
];

function describeOnly(file: string, isWanted: (text: string) => boolean): readonly Description[] {
  const { descriptions, warnings } = parseSample(comfyui, file, isWanted);
  expect(warnings).toEqual([]);
  expect(descriptions).toHaveLength(1);
  return descriptions;
}

describe('the two graphs of one file', () => {
  it.each([...files, ...others])('say the same: %s', (file) => {
    const executed = describeOnly(file, (text) => text.includes('"class_type"'));
    const canvas = describeOnly(file, (text) => text.includes('"last_node_id"'));
    expect(canvas).toEqual(executed);
  });
});
