import type { Description, EmbeddedText } from '../../image-metadata.ts';
import type { Generator } from '../generator.ts';
import { describeInfotext } from './parse-infotext.ts';
import { splitInfotext } from './split-infotext.ts';
import { tokeniseSettings } from './tokenise-settings.ts';

/** The A1111 family: every text with a settings line, whoever wrote it and wherever it lies. */
export const automatic1111: Generator = {
  id: 'automatic1111',
  parse(input) {
    const descriptions = input.embedded.flatMap((embedded): Description[] => {
      if (!mayBeInfotext(embedded.text)) return [];
      const parts = splitInfotext(embedded.text);
      if (parts === undefined) return [];
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

/** A look that costs little, since every text of every file comes by: JSON is never an infotext. */
function mayBeInfotext(text: string): boolean {
  const start = text.slice(0, 200).trimStart();
  const isJson = /^(?:\{\s*["}]|\[\s*[{[\]"\d])/.test(start) && /[}\]]\s*\0*$/.test(text.slice(-20));
  return !isJson && /(?:Steps|Seed|Sampler|Size|Model|upscale by|upscaler): ?\S/.test(text);
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
