import { sourceIdentifier } from '../generators/automatic1111/source-identifier.ts';
import type { AiProvenance, Description, EmbeddedText } from '../image-metadata.ts';
import { jsonNumber, jsonObject, type JsonObject } from '../json/json-value.ts';
import { looksLikeJson, parseNestedJson } from '../json/parse-tolerant-json.ts';

/** Kinds of digital source (IPTC, used by C2PA too) that mean: a machine made it, or a part of it. */
const generatedSource =
  /(?:^|\/)(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic|algorithmicMedia|trainedAlgorithmicData)\/?$/i;
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
  described: Description | undefined,
): AiProvenance | undefined {
  return (
    c2paSource(embedded) ??
    iptcSource(embedded) ??
    aigcLabel(embedded) ??
    (described && {
      source: 'generator',
      value: sourceIdentifier(described.generator, described.generatorLabel),
    })
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
      ((/^DigitalSource(?:File)?Type$/i.test(key) && generatedSource.test(text)) ||
        (location.includes(':xmp:') && key === 'AISystemUsed') ||
        (key === 'Credit' && madeWithAi.test(text))),
  );
  return found && { source: 'iptc', value: found.text };
}

/**
 * The label is a JSON text under the key `AIGC`, an object with that key, or the object itself, which some services write
 * without a name; TikTok and its relatives have a number of their own, 0 for none.
 */
function aigcLabel(embedded: readonly EmbeddedText[]): AiProvenance | undefined {
  for (const { key, text } of embedded) {
    if (text.length > maximumLabel || text === '') continue;
    if (/(?:^|[:.])AIGC$/i.test(key)) return { source: 'aigc-label', value: text };
    if (!looksLikeJson(text) || !labelWords.some((word) => text.includes(word))) continue;
    if (isLabel(jsonObject(parseNestedJson(text)))) return { source: 'aigc-label', value: text };
  }
  return undefined;
}

const maximumLabel = 20_000;
const labelWords = ['AIGC', 'aigc', 'ContentProducer', 'ProduceID'];

function isLabel(object: JsonObject | undefined): boolean {
  if (object === undefined) return false;
  if (Object.keys(object).some((key) => /^AIGC$/i.test(key))) return true;
  if ('Label' in object && ('ContentProducer' in object || 'ProduceID' in object)) return true;
  const label = jsonObject(object['aigc_info']) ?? object;
  return (jsonNumber(label['aigc_label_type']) ?? 0) > 0;
}
