import type { Findings } from '../containers/findings.ts';
import { decodeText, trimNul } from '../text/decode-text.ts';
import { findIptcResource, readIptc } from './read-iptc.ts';

/** Adds the texts of an IPTC-IIM block. */
export function collectIptc(block: Uint8Array, found: Findings): void {
  for (const { name, bytes } of readIptc(block)) {
    found.add(`iptc:${name}`, name, trimNul(decodeText(bytes)));
  }
}

/** Adds the texts of the IPTC block among Photoshop's image resources. */
export function collectPhotoshop(resources: Uint8Array, found: Findings): void {
  const block = findIptcResource(resources);
  if (block !== undefined) collectIptc(block, found);
}
