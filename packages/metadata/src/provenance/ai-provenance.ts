import { sourceIdentifiers } from '../generators/automatic1111/source-identifier.ts';
import type { AiProvenance, EmbeddedText, GeneratorId } from '../image-metadata.ts';
import { jsonObject } from '../json/json-value.ts';
import { looksLikeJson, parseTolerantJson } from '../json/parse-tolerant-json.ts';

/** Kinds of digital source (IPTC, used by C2PA too) that mean: a machine made it, or a part of it. */
const generatedSource =
  /(?:^|\/)(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic|algorithmicMedia)$/i;
/** Whether a kind of digital source means that a machine made the picture. */
export function isAiSourceType(type: string): boolean {
  return generatedSource.test(type);
}

const madeWithAi = /^(?:Made with Google AI|AI-Generated with Google|Edited with Google AI)/i;

/**
 * Who says that a machine made this picture: C2PA first, then IPTC, then the Chinese AIGC label
 * (TC260), then the mere fact that a generator described it.
 */
export function aiProvenance(
  embedded: readonly EmbeddedText[],
  generator: GeneratorId | undefined,
): AiProvenance | undefined {
  return (
    c2paSource(embedded) ??
    iptcSource(embedded) ??
    aigcLabel(embedded) ??
    (generator && { source: 'generator', value: sourceIdentifiers[generator] })
  );
}

function c2paSource(embedded: readonly EmbeddedText[]): AiProvenance | undefined {
  const found = embedded.find(
    ({ location, text }) => location.endsWith('c2pa:digitalSourceType') && generatedSource.test(text),
  );
  return found && { source: 'c2pa', value: found.text };
}

function iptcSource(embedded: readonly EmbeddedText[]): AiProvenance | undefined {
  const found = embedded.find(
    ({ key, location, text }) =>
      !location.includes(':c2pa:') &&
      ((/^DigitalSourceType$/i.test(key) && generatedSource.test(text)) ||
        (key === 'Credit' && madeWithAi.test(text))),
  );
  return found && { source: 'iptc', value: found.text };
}

/** The label is a JSON text under the key `AIGC`, or an object with that key. */
function aigcLabel(embedded: readonly EmbeddedText[]): AiProvenance | undefined {
  for (const { key, text } of embedded) {
    if (text.length > 20_000) continue;
    if (/^AIGC$/i.test(key) && text !== '') return { source: 'aigc-label', value: text };
    if (!text.includes('"AIGC"') || !looksLikeJson(text)) continue;
    if (jsonObject(parseTolerantJson(text))?.['AIGC'] !== undefined) {
      return { source: 'aigc-label', value: text };
    }
  }
  return undefined;
}
