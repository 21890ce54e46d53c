import { ByteReader } from '../bytes/byte-reader.ts';
import { memorySource } from '../bytes/byte-source.ts';
import { joinBytes } from '../bytes/inflate-bounded.ts';
import { runSync } from '../bytes/reading.ts';
import { containerList } from '../containers/containers.ts';
import { printInfotext } from '../generators/automatic1111/to-infotext.ts';
import type { Container, EmbeddedText, Generation } from '../image-metadata.ts';
import { MetadataError } from '../metadata-error.ts';
import { headBytes, readContainer } from '../read-container.ts';
import type { StealthChannel } from '../stealth/hidden-bits.ts';
import { readStealth } from '../stealth/read-stealth.ts';
import { aiLabelPacket, isAiLabel } from './ai-labels.ts';
import { withoutHiddenBits } from './clear-hidden-bits.ts';
import type { MediaWriter } from './media-writer.ts';
import { splitChunks } from './png-chunks.ts';
import { jpegWriter } from './write-jpeg.ts';
import { pngWriter } from './write-png.ts';
import { webpWriter } from './write-webp.ts';

const writers: Readonly<Record<string, MediaWriter>> = {
  png: pngWriter,
  jpeg: jpegWriter,
  webp: webpWriter,
};

/** Containers that `writeMetadata` and `stripMetadata` take. */
export const writableContainers = ['png', 'jpeg', 'webp'] as const;

export interface WriteOptions {
  /**
   * What becomes of content credentials (C2PA), which would read as tampered with after the change: `keep` (default)
   * refuses to write, `drop` removes them.
   */
  readonly credentials?: 'keep' | 'drop';
}

export interface StripOptions {
  /** Whether the label of IPTC that says a machine made the picture (`DigitalSourceType`) stays: `keep` by default. */
  readonly aiLabels?: 'keep' | 'drop';
}

/**
 * A copy of a PNG, JPEG or WebP file with this infotext, or these fields as an infotext, in place
 * of the one it had. Pixels and everything else stay byte for byte as they were.
 * Throws `MetadataError`: `unsupported-container`, `invalid-file`, `signed`, or `too-large` (JPEG).
 */
export function writeMetadata(
  bytes: Uint8Array,
  metadata: string | Generation,
  options: WriteOptions = {},
): Uint8Array {
  const credentials = checked('credentials', options.credentials ?? 'keep');
  const infotext = typeof metadata === 'string' ? metadata : printInfotext(metadata);
  const { writer } = writerOf(bytes);
  if (credentials === 'keep' && writer.isSigned(bytes)) {
    throw new MetadataError(
      'signed',
      "The file has content credentials (C2PA), which a change makes invalid; { credentials: 'drop' } removes them.",
    );
  }
  return writer.write(bytes, { infotext, dropCredentials: credentials === 'drop' });
}

/**
 * A copy of a PNG, JPEG or WebP file without any text, EXIF, XMP, IPTC or C2PA: read again, as thoroughly as can be, it
 * says nothing, but for the label that a machine made it. Pixels, colour profile and orientation stay; of a PNG that
 * hides a text in its pixels, the lowest bits that held it are cleared.
 * Throws `MetadataError`: `unsupported-container`, `invalid-file`, or `hidden-text` where a text in the pixels cannot be
 * taken out (lossless WebP).
 */
export function stripMetadata(bytes: Uint8Array, options: StripOptions = {}): Uint8Array {
  const keepsLabels = checked('aiLabels', options.aiLabels ?? 'keep') === 'keep';
  const { writer, container } = writerOf(bytes);
  const stripped = writer.strip(bytes, keepsLabels ? aiLabelPacket(textsOf(bytes)) : undefined);
  const first = readAll(stripped);
  const isMarked = first.marked.length > 0;
  const cleared = isMarked ? withoutHiddenText(stripped, container, first.marked) : stripped;
  const { embedded } = isMarked ? readAll(cleared) : first;
  const left = embedded.find((text) => !(keepsLabels && isAiLabel(text)));
  if (left === undefined) return cleared;
  throw hiddenText(`A text is left at ${left.location}.`);
}

function withoutHiddenText(
  bytes: Uint8Array,
  container: Container,
  marked: readonly StealthChannel[],
): Uint8Array {
  const cleared = container === 'png' ? withoutHiddenBits(splitChunks(bytes).chunks, marked) : undefined;
  if (cleared === undefined) {
    throw hiddenText(
      `A text is hidden in the pixels of this ${container}; convert the picture to a PNG first.`,
    );
  }
  return joinBytes([bytes.subarray(0, 8), ...cleared.map(({ raw }) => raw)]);
}

function hiddenText(message: string): MetadataError {
  return new MetadataError('hidden-text', message);
}

interface Everything {
  readonly embedded: readonly EmbeddedText[];
  /** Channels of the pixels that have the mark of a hidden text. */
  readonly marked: readonly StealthChannel[];
}

function textsOf(bytes: Uint8Array): readonly EmbeddedText[] {
  return runSync(readContainer(new ByteReader(bytes.length), {}), memorySource(bytes))?.embedded ?? [];
}

/** All texts of a file, those in its pixels too. */
function readAll(bytes: Uint8Array): Everything {
  const file = new ByteReader(bytes.length);
  const source = memorySource(bytes);
  const found = runSync(readContainer(file, {}), source);
  if (found === undefined) return { embedded: [], marked: [] };
  const marked = runSync(readStealth(file, found), source);
  return { embedded: found.embedded, marked };
}

function checked(name: string, value: 'keep' | 'drop'): 'keep' | 'drop' {
  if (value === 'keep' || value === 'drop') return value;
  throw new TypeError(`${name} must be 'keep' or 'drop', not ${String(value)}`);
}

function writerOf(bytes: Uint8Array): { writer: MediaWriter; container: Container } {
  const head = bytes.subarray(0, headBytes);
  for (const reader of containerList) {
    const container = reader.recognize(head);
    const writer = container && writers[container];
    if (writer !== undefined && container !== undefined) return { writer, container };
    if (container !== undefined) {
      throw new MetadataError(
        'unsupported-container',
        `Metadata of ${container} files can be read and not changed: only that of PNG, JPEG and WebP can.`,
      );
    }
  }
  throw new MetadataError('unsupported-container', 'The bytes are no PNG, JPEG or WebP file.');
}
