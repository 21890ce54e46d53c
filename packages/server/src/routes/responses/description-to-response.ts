import type { ImageDescription } from '@iib-kit/contract';
import type { Generation, GenerationStage, ImageMetadata, MediaTiming } from '@iib-kit/metadata';

/** Longest text that is answered, in UTF-16 units; ComfyUI workflows of some hundred thousand exist. */
export const MAX_TEXT = 1024 * 1024;

type GenerationResponse = NonNullable<ImageDescription['generation']>;
type StageResponse = NonNullable<GenerationResponse['stages']>[number];

/** What a file says, or its owner. */
export function descriptionToResponse(
  metadata: ImageMetadata,
  { isEdited = false }: { readonly isEdited?: boolean } = {},
): ImageDescription {
  const { generator, generation } = metadata;
  const timing = timingToResponse(metadata.timing);
  return {
    container: metadata.container ?? null,
    width: metadata.width ?? null,
    height: metadata.height ?? null,
    ...(timing && { timing }),
    generator: generator ?? null,
    generation: generation === undefined ? null : generationToResponse(generation),
    is_edited: isEdited,
    ai_generated: metadata.aiGenerated === undefined ? null : { ...metadata.aiGenerated },
    alternatives: metadata.alternatives.map((other) => ({
      generator: other.generator,
      generation: generationToResponse(other.generation),
    })),
    embedded: metadata.embedded.map(({ location, key, text }) => ({
      location,
      key,
      text: text.slice(0, MAX_TEXT),
      is_cut: text.length > MAX_TEXT,
    })),
    warnings: metadata.warnings.map(({ code, message }) => ({ code, message })),
  };
}

/** Undefined where no more than the kinds of its tracks is known. */
function timingToResponse(timing: MediaTiming | undefined): ImageDescription['timing'] {
  const { duration, frameRate, frameCount } = timing ?? {};
  const known = definedOnly({ duration, frame_rate: frameRate, frame_count: frameCount });
  return Object.keys(known).length === 0 ? undefined : known;
}

function generationToResponse({
  negativePrompt,
  cfgScale,
  clipSkip,
  mergedModels,
  loras,
  embeddings,
  stages,
  characters,
  parameters,
  promptSegments: _segments,
  negativePromptSegments: _negativeSegments,
  provenance: _provenance,
  generationTime,
  ...same
}: Generation): GenerationResponse {
  return definedOnly({
    ...same,
    negative_prompt: negativePrompt,
    cfg_scale: cfgScale,
    clip_skip: clipSkip,
    generation_time: generationTime,
    merged_models: mergedModels?.map((model) => ({ ...model })),
    loras: loras?.map(({ textEncoderWeight, ...lora }) =>
      definedOnly({ ...lora, text_encoder_weight: textEncoderWeight }),
    ),
    embeddings: embeddings?.map((embedding) => ({ ...embedding })),
    stages: stages?.map(stageToResponse),
    characters: characters?.map(({ prompt, negativePrompt: negative }) =>
      definedOnly({ prompt, negative_prompt: negative }),
    ),
    parameters: parameters === undefined ? undefined : { ...parameters },
  });
}

function stageToResponse({
  negativePrompt,
  cfgScale,
  upscaleBy,
  startStep,
  endStep,
  nodeId,
  ...same
}: GenerationStage): StageResponse {
  return definedOnly({
    ...same,
    negative_prompt: negativePrompt,
    cfg_scale: cfgScale,
    upscale_by: upscaleBy,
    start_step: startStep,
    end_step: endStep,
    node_id: nodeId,
  });
}

type DefinedOnly<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without the fields that were not recorded. */
function definedOnly<T extends object>(fields: T): DefinedOnly<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as DefinedOnly<T>;
}
