import type { Description } from '../../image-metadata.ts';
import { extraInfoMark, withExtraInfo } from './extra-info.ts';
import { identifyWriter } from './identify-writer.ts';
import { interpretSettings } from './interpret-settings.ts';
import { rememberOrigin } from './infotext-origin.ts';
import { Settings } from './settings.ts';
import { type InfotextParts, splitInfotext } from './split-infotext.ts';
import { generatorOfSourceIdentifier } from './source-identifier.ts';

/**
 * Reads an A1111 "parameters" text, also as the other programs of its family write it.
 * Undefined when the text has neither a settings line nor a negative prompt. Never throws, linear in the length of the text.
 */
export function parseInfotext(text: string): Description | undefined {
  const parts = splitInfotext(text);
  return parts === undefined ? undefined : describeInfotext(parts);
}

export function describeInfotext(parts: InfotextParts): Description {
  const settings = new Settings(
    parts.trailer.length === 0 ? parts.settings : [...parts.settings, ...trailerSettings(parts.trailer)],
  );
  const isOldSdNext = parts.prompt.startsWith('prompt: ') && settings.has('Backend', 'Pipeline', 'Version');
  const generator = isOldSdNext ? 'sdnext' : identifyWriter(settings);
  if (generatorOfSourceIdentifier(settings.get('Source Identifier')) !== undefined) {
    settings.take('Source Identifier');
  }
  const prompt = isOldSdNext ? parts.prompt.slice('prompt: '.length) : parts.prompt;
  const read = interpretSettings(prompt, parts.negativePrompt, settings);
  const generation = withExtraInfo(read, parts.trailer);
  rememberOrigin(generation, parts);
  return { generator, generation };
}

/** `Template:` and `Negative Template:` of sd-dynamic-prompts, which run over several lines. */
function trailerSettings(trailer: readonly string[]): [string, string][] {
  const sections: [key: string, lines: string[]][] = [];
  for (const line of trailer) {
    if (line.startsWith(extraInfoMark)) continue;
    const opening = /^(Negative Template|Template): ?(.*)$/.exec(line);
    if (opening !== null) sections.push([opening[1] ?? '', [opening[2] ?? '']]);
    else if (sections.length > 0) sections.at(-1)?.[1].push(line);
    else if (line.trim() !== '') sections.push(['Trailer', [line]]);
  }
  return sections.map(([key, lines]) => [key, lines.join('\n').trim()]);
}
