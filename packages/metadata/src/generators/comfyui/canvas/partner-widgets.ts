/**
 * Widgets of ComfyUI's partner nodes of 2025, in order, those that nobody asks for as `-`; the source of
 * ComfyUI (`comfy_api_nodes`) has them. Canvases store their values without names.
 */
const table = `
ByteDanceFirstLastFrameNode ByteDanceImageToVideoNode ByteDanceTextToVideoNode ByteDanceImageReferenceNode: model prompt resolution aspect_ratio - seed
ByteDanceImageEditNode: model prompt seed
ByteDanceImageNode: model prompt size_preset - - seed
ByteDanceSeedreamNode: model prompt size_preset - - - - seed
FluxKontextProImageNode FluxKontextMaxImageNode: prompt aspect_ratio guidance steps seed
FluxProCannyNode: prompt - - - - guidance steps seed
FluxProDepthNode: prompt - - guidance steps seed
FluxProExpandNode: prompt - - - - - guidance steps seed
FluxProFillNode: prompt - guidance steps seed
FluxProImageNode: prompt - - - seed
FluxProUltraImageNode: prompt - seed aspect_ratio
GeminiImageNode: prompt model seed aspect_ratio
IdeogramV1: prompt - aspect_ratio - seed negative_prompt
IdeogramV2: prompt - aspect_ratio resolution - seed - negative_prompt
IdeogramV3: prompt aspect_ratio resolution - seed
KlingCameraControlI2VNode KlingCameraControlT2VNode KlingStartEndFrameNode KlingTextToVideoNode: prompt negative_prompt cfg_scale aspect_ratio
KlingImage2VideoNode: prompt negative_prompt model_name cfg_scale - aspect_ratio
KlingImageGenerationNode: prompt negative_prompt - - - model_name aspect_ratio
KlingVideoExtendNode: prompt negative_prompt cfg_scale
KlingSingleImageVideoEffectNode KlingDualCharacterVideoEffectNode: - model_name
LumaImageModifyNode: prompt - model seed
LumaImageNode: prompt model aspect_ratio seed
LumaImageToVideoNode: prompt model resolution - - seed
LumaVideoNode: prompt model aspect_ratio resolution - - seed
MinimaxHailuoVideoNode: prompt_text seed - - resolution
MinimaxImageToVideoNode MinimaxSubjectToVideoNode MinimaxTextToVideoNode: prompt_text model seed
MoonvalleyImg2VideoNode MoonvalleyTxt2VideoNode: prompt negative_prompt resolution - seed steps
OpenAIDalle2: prompt seed size
OpenAIDalle3 OpenAIGPTImage1: prompt seed - - size
OpenAIVideoSora2: model prompt size - seed
PikaImageToVideoNode2_2 PikaTextToVideoNode2_2 PikaStartEndFrameNode2_2 PikaScenesV2_2: prompt_text negative_prompt seed resolution
Pikadditions Pikaswaps: prompt_text negative_prompt seed
Pikaffects: - prompt_text negative_prompt seed
PixverseImageToVideoNode PixverseTransitionVideoNode: prompt - - - seed negative_prompt
PixverseTextToVideoNode: prompt aspect_ratio - - - seed negative_prompt
RecraftImageInpaintingNode RecraftReplaceBackgroundNode StabilityUpscaleConservativeNode: prompt - seed
RecraftImageToImageNode StabilityUpscaleCreativeNode: prompt - - seed
RecraftTextToImageNode: prompt size - seed
RecraftTextToVectorNode: prompt - size - seed
RunwayFirstLastFrameNode RunwayImageToVideoNodeGen3a RunwayImageToVideoNodeGen4: prompt - ratio seed
RunwayTextToImageNode: prompt ratio
StabilityAudioInpaint StabilityAudioToAudio StabilityTextToAudio: model prompt - seed steps
StabilityStableImageSD_3_5Node: prompt model aspect_ratio - cfg_scale seed
StabilityStableImageUltraNode: prompt aspect_ratio - seed
TripoTextToModelNode: prompt negative_prompt model_version
Veo3VideoGenerationNode VeoVideoGenerationNode: prompt aspect_ratio negative_prompt - - - seed model
ViduImageToVideoNode ViduStartEndToVideoNode: model prompt - seed resolution
ViduReferenceVideoNode ViduTextToVideoNode: model prompt - seed aspect_ratio resolution
WanImageToImageApi: model prompt negative_prompt seed
WanImageToVideoApi: model prompt negative_prompt resolution - seed
WanTextToImageApi: model prompt negative_prompt - - seed
WanTextToVideoApi: model prompt negative_prompt size - seed`;

let known: ReadonlyMap<string, readonly (string | null)[]> | undefined;

/** Names of a partner node's widgets in order; undefined for a class that is none of them. */
export function partnerWidgets(type: string): readonly (string | null)[] | undefined {
  known ??= new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [classes = '', names = ''] = line.split(': ');
        const widgets = names.split(' ').map((name) => (name === '-' ? null : name));
        return classes.split(' ').map((type) => [type, widgets] as const);
      }),
  );
  return known.get(type);
}
