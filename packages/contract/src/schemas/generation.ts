import { z } from 'zod';

const model = z.object({ name: z.string().optional(), hash: z.string().optional() });

const samplerSettings = {
  seed: z.string().optional().describe('Decimal digits, exact beyond 2^53'),
  steps: z.number().optional(),
  cfg_scale: z.number().optional(),
  guidance: z.number().optional().describe('Distilled guidance, which is not CFG'),
  sampler: z.string().optional(),
  scheduler: z.string().optional(),
  denoise: z.number().optional().describe('0 to 1'),
};

const stage = z.object({
  role: z.string().describe('`base`, `hires`, `refiner`, `detailer`, `upscale`, ...'),
  ...samplerSettings,
  prompt: z.string().optional(),
  negative_prompt: z.string().optional(),
  model: model.optional(),
  upscaler: z.string().optional(),
  upscale_by: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  start_step: z.number().optional(),
  end_step: z.number().optional(),
  node_id: z.string().optional().describe('The node of the graph that it is'),
});

/** How an image was made, in one form for all tools. A field that was not recorded is absent. */
export const generation = z
  .object({
    prompt: z.string().optional(),
    negative_prompt: z.string().optional(),
    ...samplerSettings,
    clip_skip: z.number().optional(),
    width: z.number().optional().describe('Pixels that the tool says it made first'),
    height: z.number().optional(),
    model: model.optional(),
    merged_models: z.array(z.object({ ...model.shape, share: z.number().optional() })).optional(),
    vae: z.string().optional(),
    loras: z
      .array(
        z.object({
          name: z.string(),
          weight: z.number().optional(),
          text_encoder_weight: z.number().optional(),
          hash: z.string().optional(),
        }),
      )
      .optional(),
    embeddings: z.array(z.object({ name: z.string(), hash: z.string().optional() })).optional(),
    stages: z.array(stage).optional().describe('In their order, where the file tells stages apart'),
    characters: z
      .array(z.object({ prompt: z.string(), negative_prompt: z.string().optional() }))
      .optional()
      .describe('Prompts of single characters'),
    version: z.string().optional().describe('Of the tool'),
    date: z.string().optional().describe('As the tool recorded it'),
    generation_time: z.number().optional().describe('Seconds that generating took'),
    parameters: z
      .record(z.string(), z.string())
      .optional()
      .describe("Every other setting, under the tool's own name"),
  })
  .meta({ id: 'Generation' });

/** What a file says of its making, as found and as understood. */
export const imageDescription = z
  .object({
    container: z.string().nullable().describe('`png`, `webp`, `mp4`, ...; null where it is no known medium'),
    width: z.int().nullable().describe('Pixels as stored, before any EXIF rotation'),
    height: z.int().nullable(),
    timing: z
      .object({
        duration: z.number().optional().describe('Seconds'),
        frame_rate: z.number().optional().describe('Frames a second'),
        frame_count: z.int().optional(),
      })
      .optional()
      .describe('Of a video or sound, as far as its container says: seconds, frames a second, frames'),
    generator: z.string().nullable().describe('The program or service: `automatic1111`, `comfyui`, ...'),
    generation: generation.nullable(),
    is_edited: z
      .boolean()
      .describe('Whether `generation` is a text of the owner that the file does not have'),
    ai_generated: z
      .object({ source: z.string(), value: z.string() })
      .nullable()
      .describe('Who says that a machine made it'),
    alternatives: z
      .array(z.object({ generator: z.string(), generation }))
      .describe('Other descriptions in the same file'),
    embedded: z
      .array(
        z.object({
          location: z.string().describe('Where in the file: `png:tEXt`, `jpeg:exif:UserComment`, ...'),
          key: z.string().describe('The name that the writer gave it, or empty'),
          text: z.string(),
          is_cut: z.boolean().describe('Whether the text goes on in the file'),
        }),
      )
      .describe('Texts as found, in the order of the file'),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'ImageDescription' });
export type ImageDescription = z.output<typeof imageDescription>;
