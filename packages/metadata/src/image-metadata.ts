import type { ExifValue } from './exif/list-exif.ts';

/** Where in a file a text was found: container and slot, such as `png:tEXt` or `jpeg:exif:UserComment`. */
export type EmbeddedLocation = `${string}:${string}`;

/** A text as it was found in a file, before anybody asked what it means. */
export interface EmbeddedText {
  readonly location: EmbeddedLocation;
  /** The name that the writer gave it (a PNG keyword, an EXIF tag name, a Matroska tag name), or `''`. */
  readonly key: string;
  readonly text: string;
}

/** Media containers that are recognised by their bytes. */
export const containers = [
  'png',
  'jpeg',
  'webp',
  'gif',
  'avif',
  'heif',
  'jxl',
  'tiff',
  'mp4',
  'mov',
  'matroska',
  'webm',
  'avi',
  'flac',
  'ogg',
  'mp3',
  'wav',
  'svg',
  'exr',
] as const;
export type Container = (typeof containers)[number];

/** The programs and services whose descriptions are recognised. */
export const generators = [
  'swarmui',
  'invokeai',
  'novelai',
  'stability-matrix',
  'tensorart',
  'easy-diffusion',
  'fooocus',
  'fooocus-mre',
  'ruined-fooocus',
  'wan2gp',
  'hf-space',
  'automatic1111',
  'forge',
  'forge-classic',
  'forge-neo',
  'reforge',
  'easy-reforge',
  'sdnext',
  'stable-diffusion-cpp',
  'civitai',
  'comfyui',
  'draw-things',
  'mochi-diffusion',
  'krita-ai',
  'sygil',
  'midjourney',
  'openai',
  'google',
  'adobe-firefly',
  'black-forest-labs',
  'microsoft',
  'stability-ai',
  'canva',
  'samsung',
  'bytedance',
  'xai',
  'ideogram',
  'reve',
  'luma',
  'custom',
] as const;
export type KnownGeneratorId = (typeof generators)[number];
/** A generator that is known here, or one of your own under an id of its own. */
export type GeneratorId = KnownGeneratorId | (string & {});

export interface ModelReference {
  readonly name?: string;
  /** As recorded, lower case; how many characters and over what differs by writer. */
  readonly hash?: string;
}

export interface MergedModel extends ModelReference {
  /** Share in the merge as recorded, 0..1. */
  readonly share?: number;
}

export interface LoraReference {
  readonly name: string;
  /** Strength on the diffusion model; absent when not recorded. */
  readonly weight?: number;
  /** Strength on the text encoder, where recorded apart. */
  readonly textEncoderWeight?: number;
  readonly hash?: string;
}

export interface EmbeddingReference {
  readonly name: string;
  readonly hash?: string;
}

/** One text of a prompt that was put together from several. */
export interface PromptSegment {
  readonly text: string;
  /** How it joins the segments before it; absent for the first. */
  readonly relation?: 'combine' | 'concat' | 'average';
  /** Share of this segment in an average, 0..1. */
  readonly weight?: number;
  /** Part of the picture that it reaches, in pixels, or 0..1 where `unit` is `fraction`. */
  readonly area?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly unit: 'pixels' | 'fraction';
  };
  /** Part of the run that it reaches, 0..1. */
  readonly range?: { readonly start: number; readonly end: number };
  /** Texts by encoder (`clip_g`, `t5xxl`, ...) where they differ. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly nodeId?: string;
}

/** What one sampler run was given. Every field that was not recorded is absent. */
export interface SamplerSettings {
  /** Decimal digits, exact beyond 2^53. */
  readonly seed?: string;
  readonly steps?: number;
  readonly cfgScale?: number;
  /** Distilled guidance (Flux and relatives), which is not CFG. */
  readonly guidance?: number;
  readonly sampler?: string;
  readonly scheduler?: string;
  /** 0..1 */
  readonly denoise?: number;
}

export const generationRoles = [
  'base',
  'hires',
  'refiner',
  'expert',
  'detailer',
  'upscale',
  'continuation',
] as const;
export type GenerationRole = (typeof generationRoles)[number];

export interface GenerationStage extends SamplerSettings {
  readonly role: GenerationRole;
  readonly prompt?: string;
  readonly negativePrompt?: string;
  readonly model?: ModelReference;
  readonly upscaler?: string;
  readonly upscaleBy?: number;
  readonly width?: number;
  readonly height?: number;
  /** First step of this stage within the whole schedule, where the run was split. */
  readonly startStep?: number;
  readonly endStep?: number;
  /** The graph node that this stage is, where the source is a graph. */
  readonly nodeId?: string;
}

/** A character prompt of NovelAI V4 and later. */
export interface CharacterPrompt {
  readonly prompt: string;
  readonly negativePrompt?: string;
  /** Centre in the picture, 0..1 from the left and the top. */
  readonly center?: { readonly x: number; readonly y: number };
}

/** The normal form across all tools. A field that was not recorded is absent. */
export interface Generation extends SamplerSettings {
  readonly prompt?: string;
  readonly negativePrompt?: string;
  /** Present when the prompt was put together from several texts. */
  readonly promptSegments?: readonly PromptSegment[];
  readonly negativePromptSegments?: readonly PromptSegment[];
  readonly clipSkip?: number;
  /** Pixels that the tool says it made first, which need not be the size of the file. */
  readonly width?: number;
  readonly height?: number;
  readonly model?: ModelReference;
  /** Present when the model was merged from several, which `model` then names the first of. */
  readonly mergedModels?: readonly MergedModel[];
  readonly vae?: string;
  readonly loras?: readonly LoraReference[];
  readonly embeddings?: readonly EmbeddingReference[];
  /** In dependency order; present when the source tells stages apart. */
  readonly stages?: readonly GenerationStage[];
  readonly characters?: readonly CharacterPrompt[];
  /** Version of the tool. */
  readonly version?: string;
  /** When it was made, as recorded by the tool. */
  readonly date?: string;
  /** Seconds that generating took, as recorded by the tool. */
  readonly generationTime?: number;
  /** Every other setting, under the tool's own name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** For each field, where its value came from; only when asked for. */
  readonly provenance?: Readonly<Record<string, string>>;
}

/** One description of how the file was made; a file may carry several. */
export interface Description {
  readonly generator: GeneratorId;
  /** How people call a generator of your own, where it says. */
  readonly generatorLabel?: string;
  readonly generation: Generation;
}

/** Provenance: who says that a machine made this picture, without saying how. */
export interface AiProvenance {
  readonly source: 'c2pa' | 'iptc' | 'aigc-label' | 'generator';
  /** The URL, label or claim generator as found. */
  readonly value: string;
}

/** Damage that was survived, or content that was seen and not understood. */
export interface MetadataWarning {
  readonly code: 'truncated' | 'malformed' | 'limit-exceeded' | 'unresolved' | 'lossy-encoding' | 'ambiguous';
  readonly message: string;
}

export const trackKinds = ['video', 'audio', 'text', 'other'] as const;
export type TrackKind = (typeof trackKinds)[number];

export interface MediaTrack {
  readonly kind: TrackKind;
  /** As the container names it: `avc1`, `V_VP9`, `pcm`; `''` where it does not. */
  readonly codec: string;
}

/** What the container of a video or sound says of its course in time; nothing is counted or estimated. */
export interface MediaTiming {
  /** Seconds. */
  readonly duration?: number;
  /** Frames a second, where every frame lasts as long. */
  readonly frameRate?: number;
  readonly frameCount?: number;
  readonly tracks?: readonly MediaTrack[];
}

/** What a file says of its making. */
export interface ImageMetadata {
  /** Undefined when the bytes are no known medium. */
  readonly container: Container | undefined;
  /** Pixels of the picture as stored, before any EXIF rotation. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Of a video or sound, as far as its container says. */
  readonly timing?: MediaTiming;
  /** Texts as found, in the order of the file. */
  readonly embedded: readonly EmbeddedText[];
  /** Every EXIF value, each name once; only when asked for. */
  readonly exif?: readonly ExifValue[];
  readonly generator: GeneratorId | undefined;
  /** How people call a generator of your own, where it says. */
  readonly generatorLabel?: string;
  readonly generation: Generation | undefined;
  readonly aiGenerated: AiProvenance | undefined;
  /** Other descriptions in the same file, by precedence. */
  readonly alternatives: readonly Description[];
  readonly warnings: readonly MetadataWarning[];
}
