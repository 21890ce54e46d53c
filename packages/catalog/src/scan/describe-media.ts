import { systemPath } from '../text/system-path.ts';
import { extractTags, readMetadataSync, toInfotext } from '@iib-kit/metadata';
import type { FileDescription } from './describe-file.ts';
import { mediaOfName } from './file-names.ts';
import type { MediaFile } from './open-media-file.ts';
import { readSidecarText } from './read-sidecar-text.ts';

const isAudio = (name: string): boolean => mediaOfName(name) === 2;

/** What the index keeps of a file by default: all that the metadata reader finds in it or beside it. */
export function describeFile(file: MediaFile): FileDescription {
  const { path, within } = file;
  // One whose name is not UTF-8 has to do without what lies beside it: the reader takes paths as text.
  const isText = typeof systemPath(path) === 'string';
  const metadata = readMetadataSync(file, { ...(isText && { path }), ...(within && { within }) });
  const { width, height, generation, generator } = metadata;
  const audioTags = isAudio(file.name) ? [{ type: 'Media Type', name: 'Audio' }] : [];
  return {
    // Audio is known by its name alone: there is nothing in it to read.
    isMedia: metadata.container !== undefined || isAudio(file.name),
    // A caption is no description, but it is what its owner looks for.
    infotext: toInfotext(metadata, { extraInfo: false }) || (readSidecarText(path, within) ?? ''),
    tags: [...extractTags(metadata), ...audioTags],
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(generator !== undefined && { generator }),
    ...(generation?.seed !== undefined && { seed: generation.seed }),
    ...(generation?.steps !== undefined && { steps: generation.steps }),
    ...(generation?.cfgScale !== undefined && { cfgScale: generation.cfgScale }),
  };
}
