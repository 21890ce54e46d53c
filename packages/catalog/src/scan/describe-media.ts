import { systemPath } from '../text/system-path.ts';
import { extractTags, readMetadataSync, toInfotext } from '@iib-kit/metadata';
import { mediaFormat } from '@iib-kit/metadata/media-kinds';
import type { FileDescription } from './describe-file.ts';
import { mediaOfName } from './file-names.ts';
import type { MediaFile } from './open-media-file.ts';
import { readSidecarText } from './read-sidecar-text.ts';

// Of each packet of an MPEG transport stream; those of Blu-ray discs have a time of four bytes before it.
const syncByte = 0x47;
const packetLengths = [
  { first: 0, length: 188 },
  { first: 4, length: 192 },
];

function isTransportStream(file: MediaFile): boolean {
  const head = file.read(0, Math.min(file.size, 512));
  return packetLengths.some(
    ({ first, length }) => head[first] === syncByte && head[first + length] === syncByte,
  );
}

/**
 * Whether a file is what its name says. It is taken at its name, as IIB does, so that also what cannot be read is found by
 * it; but `.ts` is TypeScript more often than a video.
 */
function isWhatItsNameSays(file: MediaFile): boolean {
  return mediaFormat(file.name)?.mediaType !== 'video/mp2t' || isTransportStream(file);
}

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
    isMedia: isWhatItsNameSays(file),
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
