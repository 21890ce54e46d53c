/** Models that ComfyUI's partner nodes of 2025 ask for where they offer no choice of one. */
const models: Readonly<Record<string, string>> = {
  FluxProUltraImageNode: 'flux-pro-1.1-ultra',
  FluxProImageNode: 'flux-pro-1.1',
  FluxProExpandNode: 'flux-pro-1.0-expand',
  FluxProFillNode: 'flux-pro-1.0-fill',
  FluxProCannyNode: 'flux-pro-1.0-canny',
  FluxProDepthNode: 'flux-pro-1.0-depth',
  FluxKontextProImageNode: 'flux-kontext-pro',
  FluxKontextMaxImageNode: 'flux-kontext-max',
  IdeogramV3: 'ideogram-v3',
  MinimaxHailuoVideoNode: 'MiniMax-Hailuo-02',
  OpenAIGPTImage1: 'gpt-image-1',
  VeoVideoGenerationNode: 'veo-2.0-generate-001',
  RecraftTextToImageNode: 'recraftv3',
  RecraftImageToImageNode: 'recraftv3',
  RecraftImageInpaintingNode: 'recraftv3',
  RecraftTextToVectorNode: 'recraftv3',
  RecraftReplaceBackgroundNode: 'recraftv3',
  OpenAIDalle2: 'dall-e-2',
  OpenAIDalle3: 'dall-e-3',
  RunwayFirstLastFrameNode: 'gen3a_turbo',
  RunwayImageToVideoNodeGen3a: 'gen3a_turbo',
  RunwayImageToVideoNodeGen4: 'gen4_turbo',
  RunwayTextToImageNode: 'gen4_image',
};

/** The model of a partner node whose class is the choice of it. */
export function partnerModel(type: string): string | undefined {
  return Object.hasOwn(models, type) ? models[type] : undefined;
}
