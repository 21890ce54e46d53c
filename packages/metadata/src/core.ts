export { readMetadata, readMetadataSync, type MetadataSource } from './read-metadata.ts';
export type { ReadOptions } from './read-options.ts';
export type { ByteSource, SyncByteSource } from './bytes/byte-source.ts';
export { limits } from './bytes/limits.ts';
export {
  containers,
  generationRoles,
  generators,
  trackKinds,
  type AiProvenance,
  type CharacterPrompt,
  type Container,
  type Description,
  type EmbeddedLocation,
  type EmbeddedText,
  type EmbeddingReference,
  type Generation,
  type GenerationRole,
  type GenerationStage,
  type GeneratorId,
  type ImageMetadata,
  type KnownGeneratorId,
  type LoraReference,
  type MediaTiming,
  type MediaTrack,
  type MergedModel,
  type MetadataWarning,
  type ModelReference,
  type PromptSegment,
  type SamplerSettings,
  type TrackKind,
} from './image-metadata.ts';
export type { ExifValue } from './exif/list-exif.ts';
export type { Generator, GeneratorInput } from './generators/generator.ts';
export { parseInfotext } from './generators/automatic1111/parse-infotext.ts';
export {
  toInfotext,
  type InfotextOptions,
  type InfotextSource,
} from './generators/automatic1111/to-infotext.ts';
export { extractTags, type ExtractedTag, type TagSource } from './extract-tags.ts';
export {
  stripMetadata,
  type StripOptions,
  writableContainers,
  writeMetadata,
  type WriteOptions,
} from './write/write-metadata.ts';
export { MetadataError, metadataErrorCodes, type MetadataErrorCode } from './metadata-error.ts';
export { isSupportedFile, mediaKind, SUPPORTED_FILE_EXTENSIONS, type MediaKind } from './media-kinds.ts';
export {
  extractIdAndSeed,
  groupBySeed,
  type IdAndSeed,
  type SeededItem,
  type SeedGroup,
} from './seed-groups.ts';
export { toGenerationParameters, type GenerationParameters } from './generation-parameters.ts';
export type { Platform } from './platform.ts';
export { createComfyUiGenerator, type ComfyUiOptions } from './generators/comfyui/comfyui.ts';
export type {
  AppliedLora,
  BundleKind,
  GuiderKind,
  LimitKind,
  LoaderKind,
  LoraKind,
  MergeKind,
  NodeKind,
  NodeKinds,
  OutputKind,
  PassthroughRule,
  Port,
  Ports,
  ReadInput,
  ResizeKind,
  SamplerKind,
  SegmentRelation,
  SigmasKind,
  SizeKind,
  SplitKind,
  TextKind,
  UsedModel,
  ValueRule,
  WidgetNames,
} from './generators/comfyui/node-kinds/node-kind.ts';
export { promptTags } from './prompt-tags.ts';
export { sourceIdentifiers } from './generators/automatic1111/source-identifier.ts';
