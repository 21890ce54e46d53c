import type { Description, EmbeddedText, MetadataWarning } from '../../image-metadata.ts';
import { jsonText, type JsonObject } from '../../json/json-value.ts';
import { embeddedObjects } from '../embedded-objects.ts';
import type { Generator } from '../generator.ts';
import { describeFooocus } from './describe-fooocus.ts';
import { findLogEntry, isFooocusLog } from './find-log-entry.ts';

/**
 * Fooocus with its own scheme: JSON in PNG text or EXIF comment; and the `log.html` of the day, which
 * is the only record where writing metadata is switched off. Its other scheme is an A1111 text.
 */
export const fooocus: Generator = {
  id: 'fooocus',
  parse({ embedded, fileName, warn }) {
    const fromFile = embeddedObjects(embedded).flatMap(({ embedded: text, object }) =>
      isFooocus(object, embedded) ? [describeRecord(object, text, warn)] : [],
    );
    if (fromFile.length > 0) return fromFile;
    return embedded.flatMap(({ text }) => {
      const entry = isFooocusLog(text) && fileName !== undefined ? findLogEntry(text, fileName) : undefined;
      return entry === undefined ? [] : [describeFooocus(entry)];
    });
  },
};

function isFooocus(object: JsonObject, embedded: readonly EmbeddedText[]): boolean {
  if (object['metadata_scheme'] === 'fooocus') return true;
  if (jsonText(object['version'])?.startsWith('Fooocus v') === true) return true;
  const isNamed = embedded.some(
    ({ key, text }) =>
      (key === 'fooocus_scheme' && text === 'fooocus') ||
      (key === 'Software' && text.startsWith('Fooocus v')),
  );
  return isNamed && 'prompt' in object && 'performance' in object;
}

function describeRecord(
  object: JsonObject,
  embedded: EmbeddedText,
  warn: (warning: MetadataWarning) => void,
): Description {
  const description = describeFooocus(object);
  const { prompt = '', negativePrompt = '' } = description.generation;
  // Fooocus forces its EXIF text into ASCII: what was Japanese is a row of question marks.
  if (embedded.location.includes(':exif') && /\?{2,}/.test(prompt + negativePrompt)) {
    const message = 'Fooocus replaced characters that are not ASCII by question marks';
    warn({ code: 'lossy-encoding', message });
  }
  return description;
}
