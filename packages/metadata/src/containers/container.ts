import type { ByteReader } from '../bytes/byte-reader.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Container } from '../image-metadata.ts';
import type { Findings } from './findings.ts';

/** Knows how texts sit in a file, and nothing of what they mean. */
export interface ContainerReader {
  /** Which container the first bytes of a file (up to 1,024) announce, or undefined. */
  recognize(head: Uint8Array): Container | undefined;
  /** Collects texts, pixel size and warnings. Must not throw on any bytes. */
  read(file: ByteReader, found: Findings): Reading<void>;
}
