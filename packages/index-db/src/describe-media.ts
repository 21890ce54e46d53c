import { extractTags, readMetadataSync, toInfotext } from '@iib-kit/metadata';
import type { FileDescription } from './scan/describe-file.ts';
import { mediaOfName } from './scan/file-names.ts';
import type { MediaFile } from './scan/open-media-file.ts';

const isAudio = (name: string): boolean => mediaOfName(name) === 2;

/** What the index keeps of a file by default: everything that the metadata reader finds. */
export function describeFile(file: MediaFile): FileDescription {
  const metadata = readMetadataSync(file);
  const { width, height, generation, generator } = metadata;
  const audioTags = isAudio(file.name) ? [{ type: 'Media Type', name: 'Audio' }] : [];
  return {
    // Audio is known by its name alone: there is nothing in it to read.
    isMedia: metadata.container !== undefined || isAudio(file.name),
    infotext: toInfotext(metadata),
    tags: [...extractTags(metadata), ...audioTags],
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(generator !== undefined && { generator }),
    ...(generation?.seed !== undefined && { seed: generation.seed }),
    ...(generation?.steps !== undefined && { steps: generation.steps }),
    ...(generation?.cfgScale !== undefined && { cfgScale: generation.cfgScale }),
  };
}
