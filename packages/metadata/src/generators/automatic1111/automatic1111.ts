import type { Description, EmbeddedText } from '../../image-metadata.ts';
import { isDrawThingsText } from '../draw-things-text.ts';
import type { Generator } from '../generator.ts';
import { isJsonText } from './is-json-text.ts';
import { describeInfotext } from './parse-infotext.ts';
import { splitInfotext } from './split-infotext.ts';
import { tokeniseSettings } from './tokenise-settings.ts';

/** The A1111 family: every text with a settings line, whoever wrote it and wherever it lies. */
export const automatic1111: Generator = {
  id: 'automatic1111',
  parse(input) {
    const descriptions = input.embedded.flatMap((embedded): readonly Description[] => {
      if (isJsonText(embedded)) return [];
      const parts = hint.test(embedded.text) ? splitInfotext(embedded.text) : undefined;
      if (parts === undefined) return promptAlone(embedded);
      if (isDrawThingsText(parts)) return [];
      if (parts.ambiguous) {
        input.warn({
          code: 'ambiguous',
          message: 'Several lines open a negative prompt; the last one was taken.',
        });
      }
      return [describeInfotext(parts)];
    });
    return withPostprocessing(descriptions, input.embedded);
  },
};

/** A look that costs little, since every text of every file comes by. */
const hint = /(?:Steps|Seed|Sampler|Size|Model|upscale by|upscaler|^Negative prompt): ?\S/m;

/** A prompt without settings, under the key that the family has for it and nobody has for another text. */
function promptAlone({ key, text }: EmbeddedText): readonly Description[] {
  const prompt = text.replace(/\r\n?/g, '\n').trim();
  // A record that is cut short is no prompt.
  if (key !== 'parameters' || prompt === '' || /^"?[{[]\s*\\?["{[]/.test(prompt)) return [];
  return [{ generator: 'automatic1111', generation: { prompt } }];
}

/** The extras tab records upscaling under a key of its own, with or without `parameters`. */
function withPostprocessing(
  descriptions: readonly Description[],
  embedded: readonly EmbeddedText[],
): readonly Description[] {
  const [first, ...others] = descriptions;
  if (first === undefined || descriptions.length === 1) return descriptions;
  const extra = embedded.find(({ key }) => key === 'postprocessing' || key === 'extras');
  const settings = extra === undefined ? undefined : tokeniseSettings(extra.text);
  if (settings === undefined) return descriptions;
  const parameters = { ...first.generation.parameters, ...Object.fromEntries(settings) };
  const isExtra = ({ generation }: Description) =>
    generation.seed === undefined && generation.steps === undefined;
  return [
    { ...first, generation: { ...first.generation, parameters } },
    ...others.filter((other) => !isExtra(other)),
  ];
}
