import type { EmbeddedText } from '../image-metadata.ts';
import { isAiSourceType } from '../provenance/ai-provenance.ts';

const iptc = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/**
 * An XMP packet with the label of IPTC that says a machine made the picture, and nothing else; undefined where it has
 * none. Laws ask those who pass on such pictures not to take it off.
 */
export function aiLabelPacket(embedded: readonly EmbeddedText[]): Uint8Array | undefined {
  const label = embedded.find(isAiLabel);
  if (label === undefined) return undefined;
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="${iptc}"><Iptc4xmpExt:DigitalSourceType>${escaped(label.text)}</Iptc4xmpExt:DigitalSourceType></rdf:Description></rdf:RDF></x:xmpmeta>`;
  return new TextEncoder().encode(packet);
}

export function isAiLabel({ location, text }: EmbeddedText): boolean {
  return location.endsWith(':xmp:Iptc4xmpExt:DigitalSourceType') && isAiSourceType(text);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => entities[character] ?? '');
}
