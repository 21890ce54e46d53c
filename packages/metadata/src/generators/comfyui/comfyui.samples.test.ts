import { describe, expect, it } from 'vitest';
import type { Generation } from '../../image-metadata.ts';
import { parseSample } from '../../../test/helpers/parse-sample.ts';
import { comfyui } from './comfyui.ts';

type Row = readonly [
  file: string,
  node: string,
  steps: number,
  cfg: number | undefined,
  sampler: string,
  scheduler: string,
  denoise: number | undefined,
  seed: string,
  model: string,
];

/** Values as they stand in the graphs; a row for each sampler, the base first. */
const rows: readonly Row[] = [
  [
    'comfyui-examples/2_pass_txt2img/hiresfix_esrgan_workflow.png',
    '3',
    12,
    8,
    'dpmpp_sde',
    'normal',
    1,
    '251225068430076',
    'v2-1_768-ema-pruned.ckpt',
  ],
  [
    'comfyui-examples/2_pass_txt2img/hiresfix_esrgan_workflow.png',
    '11',
    14,
    8,
    'uni_pc_bh2',
    'normal',
    0.5,
    '783745448521451',
    'v2-1_768-ema-pruned.ckpt',
  ],
  [
    'comfyui-examples/2_pass_txt2img/hiresfix_latent_workflow.png',
    '3',
    12,
    8,
    'dpmpp_sde',
    'normal',
    1,
    '89848141647836',
    'v2-1_768-ema-pruned.ckpt',
  ],
  [
    'comfyui-examples/2_pass_txt2img/hiresfix_latent_workflow.png',
    '11',
    14,
    8,
    'dpmpp_2m',
    'simple',
    0.5,
    '469771404043268',
    'v2-1_768-ema-pruned.ckpt',
  ],
  [
    'comfyui-examples/3d/stable_zero123_example.png',
    '3',
    20,
    5,
    'euler',
    'sgm_uniform',
    1,
    '237514639057560',
    'stable_zero123.ckpt',
  ],
  [
    'comfyui-examples/area_composition/square_area_for_2_subjects.png',
    '3',
    13,
    7,
    'dpmpp_sde',
    'normal',
    1,
    '397826772266080',
    'Anything-V3.0.ckpt',
  ],
  [
    'comfyui-examples/area_composition/square_area_for_2_subjects.png',
    '24',
    8,
    5,
    'dpmpp_sde',
    'simple',
    0.52,
    '240926604602097',
    'Anything-V3.0.ckpt',
  ],
  [
    'comfyui-examples/area_composition/square_area_for_2_subjects_first_pass.png',
    '3',
    13,
    7,
    'dpmpp_sde',
    'normal',
    1,
    '397826772266080',
    'Anything-V3.0.ckpt',
  ],
  [
    'comfyui-examples/area_composition/workflow_night_evening_day_morning.png',
    '3',
    13,
    8.5,
    'dpmpp_sde',
    'normal',
    1,
    '335608130539327',
    'Anything-V3.0.ckpt',
  ],
  [
    'comfyui-examples/area_composition/workflow_night_evening_day_morning.png',
    '24',
    14,
    7,
    'dpmpp_2m',
    'simple',
    0.5,
    '1122440447966177',
    'AbyssOrangeMix2_hard.safetensors',
  ],
  [
    'comfyui-examples/chroma/chroma_example.png',
    '3',
    30,
    4,
    'euler',
    'simple',
    1,
    '1110468078805530',
    'Chroma1-HD.safetensors',
  ],
  [
    'comfyui-examples/flux2/flux2_example.png',
    '13',
    20,
    undefined,
    'euler',
    'Flux2Scheduler',
    undefined,
    '435922656034510',
    'flux2_dev_fp8mixed.safetensors',
  ],
  [
    'comfyui-examples/hunyuan_video/hunyuan_video_text_to_video.webp',
    '13',
    20,
    undefined,
    'euler',
    'simple',
    1,
    '1',
    'hunyuan_video_t2v_720p_bf16.safetensors',
  ],
  [
    'comfyui-examples/hypernetworks/hypernetwork_example_output.png',
    '3',
    20,
    8,
    'uni_pc_bh2',
    'normal',
    1,
    '572636856966402',
    'v1-5-pruned-emaonly.ckpt',
  ],
  [
    'comfyui-examples/img2img/img2img_workflow.png',
    '3',
    20,
    8,
    'dpmpp_2m',
    'normal',
    0.8700000000000001,
    '280823642470253',
    'v1-5-pruned-emaonly.ckpt',
  ],
  [
    'comfyui-examples/inpaint/inpaint_example.png',
    '3',
    20,
    8,
    'uni_pc_bh2',
    'normal',
    1,
    '1040111309094545',
    '512-inpainting-ema.safetensors',
  ],
  [
    'comfyui-examples/lcm/lcm_basic_example.png',
    '3',
    5,
    1.8,
    'lcm',
    'sgm_uniform',
    1,
    '167055194337639',
    'sd_xl_1.0.safetensors',
  ],
  [
    'comfyui-examples/lora/lora.png',
    '3',
    20,
    8,
    'euler',
    'normal',
    1,
    '851616030078638',
    'v1-5-pruned-emaonly.ckpt',
  ],
  [
    'comfyui-examples/lora/lora_multiple.png',
    '3',
    20,
    8,
    'euler',
    'normal',
    1,
    '513173432917412',
    'v1-5-pruned-emaonly.ckpt',
  ],
  [
    'comfyui-examples/lumina2/lumina2_basic_example.png',
    '3',
    25,
    4,
    'res_multistep',
    'simple',
    1,
    '854547257397629',
    'lumina_2.safetensors',
  ],
  [
    'comfyui-examples/noisy_latent_composition/noisy_latents_3_subjects.png',
    '60',
    16,
    7,
    'dpmpp_sde',
    'normal',
    undefined,
    '554712045482021',
    'wd-illusion-fp16.safetensors',
  ],
  [
    'comfyui-examples/noisy_latent_composition/noisy_latents_3_subjects.png',
    '57',
    16,
    7,
    'dpmpp_sde',
    'normal',
    undefined,
    '534686817346900',
    'wd-illusion-fp16.safetensors',
  ],
  [
    'comfyui-examples/noisy_latent_composition/noisy_latents_3_subjects.png',
    '64',
    16,
    7,
    'dpmpp_sde',
    'normal',
    undefined,
    '993814616615423',
    'wd-illusion-fp16.safetensors',
  ],
  [
    'comfyui-examples/noisy_latent_composition/noisy_latents_3_subjects.png',
    '73',
    16,
    7,
    'dpmpp_sde',
    'normal',
    undefined,
    '331318585557584',
    'wd-illusion-fp16.safetensors',
  ],
  // Adds no noise of its own: its seed 0 does nothing, the noise is that of the background.
  [
    'comfyui-examples/noisy_latent_composition/noisy_latents_3_subjects.png',
    '58',
    16,
    6.5,
    'dpmpp_sde',
    'normal',
    undefined,
    '554712045482021',
    'wd-illusion-fp16.safetensors',
  ],
  [
    'comfyui-examples/omnigen/omnigen2_example.png',
    '28',
    20,
    5,
    'euler',
    'simple',
    1,
    '832350079790627',
    'omnigen2_fp16.safetensors',
  ],
  [
    'comfyui-examples/sdturbo/sdxlturbo_example.png',
    '13',
    1,
    1,
    'euler_ancestral',
    'SDTurboScheduler',
    undefined,
    '0',
    'sd_xl_turbo_1.0_fp16.safetensors',
  ],
  [
    'comfyui-examples/sdxl/sdxl_refiner_prompt_example.png',
    '10',
    25,
    8,
    'euler',
    'normal',
    undefined,
    '6767725640732',
    'sd_xl_base_1.0.safetensors',
  ],
  [
    'comfyui-examples/sdxl/sdxl_refiner_prompt_example.png',
    '11',
    25,
    8,
    'euler',
    'normal',
    undefined,
    '6767725640732',
    'sd_xl_refiner_1.0.safetensors',
  ],
  [
    'comfyui-examples/sdxl/sdxl_simple_example.png',
    '10',
    25,
    8,
    'euler',
    'normal',
    undefined,
    '721897303308196',
    'sd_xl_base_1.0.safetensors',
  ],
  [
    'comfyui-examples/sdxl/sdxl_simple_example.png',
    '11',
    25,
    8,
    'euler',
    'normal',
    undefined,
    '721897303308196',
    'sd_xl_refiner_1.0.safetensors',
  ],
  [
    'comfyui-examples/textual_inversion_embeddings/embedding_example.png',
    '3',
    20,
    8,
    'uni_pc_bh2',
    'normal',
    1,
    '193694018275622',
    'v2-1_768-ema-pruned.ckpt',
  ],
  [
    'comfyui-examples/unclip/unclip_example.png',
    '3',
    26,
    8,
    'uni_pc_bh2',
    'normal',
    1,
    '509273045161628',
    'sd21-unclip-h.ckpt',
  ],
  [
    'comfyui-examples/upscale_models/esrgan_example.png',
    '3',
    20,
    8,
    'euler',
    'normal',
    1,
    '833543590226030',
    'v1-5-pruned-emaonly.ckpt',
  ],
  [
    'comfyui-examples/video/txt_to_image_to_video.webp',
    '17',
    15,
    8,
    'uni_pc_bh2',
    'normal',
    1,
    '144698910769133',
    'sd_xl_1.0.safetensors',
  ],
  [
    'comfyui-examples/video/txt_to_image_to_video.webp',
    '3',
    20,
    2.5,
    'euler',
    'karras',
    1,
    '237514639057514',
    'svd_xt.safetensors',
  ],
  [
    'cubiq/image_conditioning_images_img2img.png',
    '36',
    20,
    5.5,
    'dpmpp_2m_sde_gpu',
    'exponential',
    0.7999999999999999,
    '41',
    'sd_xl_base_1.0.safetensors',
  ],
  [
    'cubiq/upscale_images_tile_upscale.png',
    '3',
    20,
    7,
    'dpmpp_2m',
    'karras',
    1,
    '2',
    'v1-5-pruned-emaonly.safetensors',
  ],
  [
    'cubiq/upscale_images_tile_upscale.png',
    '17',
    15,
    7,
    'dpmpp_2m',
    'karras',
    0.75,
    '875025290390860',
    'v1-5-pruned-emaonly.safetensors',
  ],
  [
    'cubiq/upscale_images_upscale_pixel_by_model.png',
    '3',
    20,
    7,
    'dpmpp_2m',
    'karras',
    1,
    '2001',
    'v1-5-pruned-emaonly.safetensors',
  ],
  [
    'cubiq/upscale_images_upscale_pixel_by_model.png',
    '14',
    15,
    7,
    'dpmpp_2m',
    'karras',
    0.25,
    '109163472674802',
    'v1-5-pruned-emaonly.safetensors',
  ],
  [
    'image-metahub/cli/comfyui.png',
    '3',
    20,
    8,
    'euler',
    'normal',
    1,
    '156680208700286',
    'sd_xl_base_1.0.safetensors',
  ],
  [
    'sd-parsers/parsers/ComfyUI/img2img_cropped.png',
    '3',
    20,
    8,
    'sample_dpmpp_2m',
    'normal',
    0.8700000000000001,
    '280823642470253',
    'v1-5-pruned-emaonly.ckpt',
  ],
  [
    'sd-parsers/parsers/ComfyUI/night_evening_day_morning_cropped.png',
    '3',
    13,
    8.5,
    'dpmpp_sde',
    'normal',
    1,
    '335608130539327',
    'Anything-V3.0.ckpt',
  ],
  [
    'sd-parsers/parsers/ComfyUI/night_evening_day_morning_cropped.png',
    '24',
    14,
    7,
    'dpmpp_2m',
    'simple',
    0.5,
    '1122440447966177',
    'AbyssOrangeMix2_hard.safetensors',
  ],
  [
    'sd-parsers/parsers/ComfyUI/unclip_2pass_cropped.png',
    '3',
    26,
    8,
    'uni_pc_bh2',
    'normal',
    1,
    '1106257833005336',
    'wd-1-5-beta2-aesthetic-unclip-h-fp32.safetensors',
  ],
  [
    'sd-parsers/parsers/ComfyUI/unclip_2pass_cropped.png',
    '41',
    8,
    9,
    'dpmpp_sde',
    'normal',
    0.5199999999999996,
    '119080905858220',
    'cardosAnimated_v20.safetensors',
  ],
  [
    'cubiq/basic_images_SDXL_simple.png',
    '12',
    25,
    7,
    'dpmpp_2m',
    'karras',
    undefined,
    '12345',
    'sd_xl_base_1.0.safetensors',
  ],
  [
    'cubiq/basic_images_SDXL_simple.png',
    '13',
    25,
    7,
    'dpmpp_2m',
    'karras',
    undefined,
    '12345',
    'sd_xl_refiner_1.0.safetensors',
  ],
  [
    'cubiq/basic_images_wf_sd1x_basic.png',
    '3',
    20,
    7,
    'dpmpp_2m',
    'karras',
    1,
    '636250194499614',
    'v1-5-pruned-emaonly.safetensors',
  ],
  [
    'cubiq/image_conditioning_images_unclip.png',
    '3',
    20,
    7,
    'dpmpp_3m_sde_gpu',
    'sgm_uniform',
    1,
    '2',
    'sd21-unclip-h.ckpt',
  ],
  [
    'cubiq/text2img_images_conditioning_average.png',
    '3',
    20,
    7,
    'dpmpp_2m_sde',
    'karras',
    1,
    '150',
    'v1-5-pruned-emaonly.safetensors',
  ],
  [
    'cubiq/text2img_images_word_weight.png',
    '3',
    20,
    7,
    'dpmpp_2m',
    'karras',
    1,
    '23',
    'v1-5-pruned-emaonly.safetensors',
  ],
  ['image-metahub/avif/comfy-xmp.avif', '5', 20, 7, 'euler', 'normal', 1, '42', 'fixture-model.safetensors'],
  ...(
    [
      ['60', 'sample_dpmpp_sde', '512136241112371', 7],
      ['57', 'sample_dpmpp_sde', '890421140397575', 7],
      ['64', 'sample_dpmpp_sde', '474977904562281', 7],
      ['73', 'sample_dpmpp_sde', '200072334202574', 7],
      ['58', 'uni_pc', '512136241112371', 6.5],
    ] as const
  ).map(([node, sampler, seed, cfg]): Row => [
    'sd-parsers/parsers/ComfyUI/noisy_latents_3_subjects_cropped.png',
    node,
    16,
    cfg,
    sampler,
    'normal',
    undefined,
    seed,
    'Anything-V3.0.ckpt',
  ]),
  [
    'sd-parsers/parsers/ComfyUI/noisy_latents_3_subjects_cropped.png',
    '24',
    9,
    5.5,
    'sample_dpmpp_sde',
    'simple',
    0.54,
    '1084614416978598',
    'Anything-V3.0.ckpt',
  ],
];

function generationOf(file: string): Generation {
  const { descriptions, warnings } = parseSample(comfyui, file);
  expect(warnings).toEqual([]);
  expect(descriptions.map(({ generator }) => generator)).toEqual(['comfyui']);
  return descriptions[0]?.generation ?? {};
}

const files = [...new Set(rows.map(([file]) => file))];

describe('real ComfyUI files', () => {
  it.each(files)('reads every sampler run of %s', (file) => {
    const generation = generationOf(file);
    const expected = rows
      .filter(([name]) => name === file)
      .map(([, nodeId, steps, cfgScale, sampler, scheduler, denoise, seed, model]) => ({
        nodeId,
        steps,
        cfgScale,
        sampler,
        scheduler,
        denoise,
        seed,
        model: { name: model },
      }));
    const [base] = expected;
    const stages = generation.stages ?? [{ ...generation, nodeId: base?.nodeId }];
    expect(
      stages.map(({ nodeId, steps, cfgScale, sampler, scheduler, denoise, seed, model }) => ({
        nodeId,
        steps,
        cfgScale,
        sampler,
        scheduler,
        denoise,
        seed,
        model,
      })),
    ).toEqual(expected);
    expect(generation.seed).toBe(base?.seed);
    expect(generation.model).toEqual(base?.model);
  });

  it('tells the two outputs of one graph apart by the size of the file', () => {
    const folder = 'comfyui-examples/area_composition';
    expect(generationOf(`${folder}/square_area_for_2_subjects.png`).stages).toHaveLength(2);
    expect(generationOf(`${folder}/square_area_for_2_subjects_first_pass.png`).stages).toBeUndefined();
  });

  it('reads prompts from the right side', () => {
    expect(generationOf('comfyui-examples/sdxl/sdxl_refiner_prompt_example.png')).toMatchObject({
      prompt: 'daytime sky nature dark blue galaxy bottle',
      negativePrompt: 'text, watermark',
      stages: [
        { role: 'base', startStep: 0, endStep: 20 },
        {
          role: 'refiner',
          prompt: 'daytime scenery  sky nature dark blue bottle with a galaxy stars milky way in it',
          startStep: 20,
        },
      ],
    });
    expect(generationOf('comfyui-examples/omnigen/omnigen2_example.png')).toMatchObject({
      prompt:
        'the anime girl with massive fennec ears is wearing cargo pants while sitting on a log in the woods biting into a sandwitch beside a beautiful alpine lake',
      negativePrompt:
        'deformed, blurry, over saturation, bad anatomy, disfigured, poorly drawn face, mutation, mutated, extra_limb, ugly, poorly drawn hands, fused fingers, messy drawing, broken legs censor, censored, censor_bar',
      parameters: { 'CFG of second condition': '2' },
    });
  });

  it('joins the five texts of an area composition in order and keeps their areas', () => {
    const { promptSegments = [], clipSkip } = generationOf(
      'sd-parsers/parsers/ComfyUI/night_evening_day_morning_cropped.png',
    );
    expect(promptSegments.map(({ nodeId, area }) => [nodeId, area?.y])).toEqual([
      ['14', 0],
      ['13', 320],
      ['17', 512],
      ['33', 704],
      ['6', undefined],
    ]);
    expect(clipSkip).toBe(2);
  });

  it('keeps both sides of an average with their shares', () => {
    const { promptSegments = [] } = generationOf('cubiq/text2img_images_conditioning_average.png');
    expect(promptSegments.map(({ nodeId, relation, weight }) => [nodeId, relation, weight])).toEqual([
      ['17', undefined, 0.5],
      ['18', 'average', 0.5],
    ]);
  });

  it('keeps guidance apart from CFG', () => {
    const flux = generationOf('comfyui-examples/flux2/flux2_example.png');
    expect([flux.guidance, flux.cfgScale, flux.negativePrompt]).toEqual([4, undefined, '']);
    const video = generationOf('comfyui-examples/hunyuan_video/hunyuan_video_text_to_video.webp');
    expect([video.guidance, video.cfgScale]).toEqual([6, undefined]);
    expect(video.parameters).toEqual({ Frames: '73', FPS: '24' });
  });

  it('lists LoRAs in the order of application', () => {
    expect(generationOf('comfyui-examples/lora/lora_multiple.png').loras).toEqual([
      { name: 'theovercomer8sContrastFix_sd15.safetensors', weight: 1 },
      { name: 'epiNoiseoffset_v2.safetensors', weight: 1 },
    ]);
  });

  it('says how a second pass was enlarged', () => {
    const { stages = [] } = generationOf('comfyui-examples/2_pass_txt2img/hiresfix_esrgan_workflow.png');
    expect(stages[1]).toMatchObject({
      role: 'hires',
      upscaler: 'RealESRGAN_x4plus.pth',
      upscaleBy: 2,
      width: 1536,
      height: 1536,
    });
  });

  it('has no prompt where only a picture went in', () => {
    const generation = generationOf('comfyui-examples/3d/stable_zero123_example.png');
    expect([generation.prompt, generation.negativePrompt]).toEqual([undefined, undefined]);
    expect(generation.parameters?.['Source image']).toBe('hypernetwork_example_output.png');
  });
});
