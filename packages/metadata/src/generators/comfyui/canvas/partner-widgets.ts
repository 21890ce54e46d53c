/**
 * Widgets of ComfyUI's partner nodes of 2025, in order; the source of ComfyUI (`comfy_api_nodes`) has
 * them. Canvases of that year store values without names; later ones name them.
 */
const table = `
ByteDanceFirstLastFrameNode ByteDanceImageToVideoNode ByteDanceTextToVideoNode: model prompt resolution aspect_ratio duration seed camera_fixed watermark
ByteDanceImageEditNode: model prompt seed guidance_scale watermark
ByteDanceImageNode: model prompt size_preset width height seed guidance_scale watermark
ByteDanceImageReferenceNode: model prompt resolution aspect_ratio duration seed watermark
ByteDanceSeedreamNode: model prompt size_preset width height sequential_image_generation max_images seed watermark fail_on_partial
FluxKontextProImageNode FluxKontextMaxImageNode: prompt aspect_ratio guidance steps seed prompt_upsampling
FluxProCannyNode: prompt prompt_upsampling canny_low_threshold canny_high_threshold skip_preprocessing guidance steps seed
FluxProDepthNode: prompt prompt_upsampling skip_preprocessing guidance steps seed
FluxProExpandNode: prompt prompt_upsampling top bottom left right guidance steps seed
FluxProFillNode: prompt prompt_upsampling guidance steps seed
FluxProImageNode: prompt prompt_upsampling width height seed
FluxProUltraImageNode: prompt prompt_upsampling seed aspect_ratio raw image_prompt_strength
GeminiImageNode: prompt model seed aspect_ratio
IdeogramV1: prompt turbo aspect_ratio magic_prompt_option seed negative_prompt num_images
IdeogramV2: prompt turbo aspect_ratio resolution magic_prompt_option seed style_type negative_prompt num_images
IdeogramV3: prompt aspect_ratio resolution magic_prompt_option seed num_images rendering_speed
KlingCameraControlI2VNode KlingCameraControlT2VNode: prompt negative_prompt cfg_scale aspect_ratio
KlingImage2VideoNode: prompt negative_prompt model_name cfg_scale mode aspect_ratio duration
KlingImageGenerationNode: prompt negative_prompt image_type image_fidelity human_fidelity model_name aspect_ratio n
KlingStartEndFrameNode KlingTextToVideoNode: prompt negative_prompt cfg_scale aspect_ratio mode
KlingVideoExtendNode: prompt negative_prompt cfg_scale
KlingSingleImageVideoEffectNode: effect_scene model_name duration
KlingDualCharacterVideoEffectNode: effect_scene model_name mode duration
LumaImageModifyNode: prompt image_weight model seed
LumaImageNode: prompt model aspect_ratio seed style_image_weight
LumaImageToVideoNode: prompt model resolution duration loop seed
LumaVideoNode: prompt model aspect_ratio resolution duration loop seed
MinimaxHailuoVideoNode: prompt_text seed prompt_optimizer duration resolution
MinimaxImageToVideoNode MinimaxSubjectToVideoNode MinimaxTextToVideoNode: prompt_text model seed
MoonvalleyImg2VideoNode MoonvalleyTxt2VideoNode: prompt negative_prompt resolution prompt_adherence seed steps
OpenAIDalle2: prompt seed size n
OpenAIDalle3: prompt seed quality style size
OpenAIGPTImage1: prompt seed quality background size n
OpenAIVideoSora2: model prompt size duration seed
PikaImageToVideoNode2_2 PikaTextToVideoNode2_2 PikaStartEndFrameNode2_2 PikaScenesV2_2: prompt_text negative_prompt seed resolution duration
Pikadditions: prompt_text negative_prompt seed
Pikaffects: pikaffect prompt_text negative_prompt seed
Pikaswaps: prompt_text negative_prompt seed region_to_modify
PixverseImageToVideoNode PixverseTransitionVideoNode: prompt quality duration_seconds motion_mode seed negative_prompt
PixverseTextToVideoNode: prompt aspect_ratio quality duration_seconds motion_mode seed negative_prompt
RecraftImageInpaintingNode RecraftReplaceBackgroundNode: prompt n seed
RecraftImageToImageNode: prompt n strength seed
RecraftTextToImageNode: prompt size n seed
RecraftTextToVectorNode: prompt substyle size n seed
RunwayFirstLastFrameNode RunwayImageToVideoNodeGen3a RunwayImageToVideoNodeGen4: prompt duration ratio seed
RunwayTextToImageNode: prompt ratio
StabilityAudioInpaint: model prompt duration seed steps mask_start mask_end
StabilityAudioToAudio: model prompt duration seed steps strength
StabilityTextToAudio: model prompt duration seed steps
StabilityStableImageSD_3_5Node: prompt model aspect_ratio style_preset cfg_scale seed image_denoise
StabilityStableImageUltraNode: prompt aspect_ratio style_preset seed image_denoise
StabilityUpscaleConservativeNode: prompt creativity seed
StabilityUpscaleCreativeNode: prompt creativity style_preset seed
TripoTextToModelNode: prompt negative_prompt model_version style texture pbr image_seed model_seed texture_seed texture_quality face_limit quad
Veo3VideoGenerationNode VeoVideoGenerationNode: prompt aspect_ratio negative_prompt duration_seconds enhance_prompt person_generation seed model generate_audio
ViduImageToVideoNode ViduStartEndToVideoNode: model prompt duration seed resolution movement_amplitude
ViduReferenceVideoNode ViduTextToVideoNode: model prompt duration seed aspect_ratio resolution movement_amplitude
WanImageToImageApi: model prompt negative_prompt seed watermark
WanImageToVideoApi: model prompt negative_prompt resolution duration seed generate_audio prompt_extend watermark
WanTextToImageApi: model prompt negative_prompt width height seed prompt_extend watermark
WanTextToVideoApi: model prompt negative_prompt size duration seed generate_audio prompt_extend watermark`;

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** Names of a partner node's widgets in order; undefined for a class that is none of them. */
export function partnerWidgets(type: string): readonly string[] | undefined {
  known ??= new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [classes = '', names = ''] = line.split(': ');
        return classes.split(' ').map((name) => [name, names.split(' ')] as const);
      }),
  );
  return known.get(type);
}
