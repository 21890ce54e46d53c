import { utf8 } from './bytes.ts';

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** An XMP packet around the content of `rdf:Description`, with these namespaces and attributes. */
export function buildXmp(
  namespaces: Readonly<Record<string, string>>,
  content: string,
  attributes = '',
): Uint8Array {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return utf8(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description rdf:about="" ${declared.join(' ')} ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>`,
  );
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const comfyNamespace = 'https://github.com/Comfy-Org/ComfyUI';
export const sdcppNamespace = 'https://github.com/leejet/stable-diffusion.cpp/ns/1.0/';
export const exifNamespace = 'http://ns.adobe.com/exif/1.0/';
export const iptcNamespace = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
