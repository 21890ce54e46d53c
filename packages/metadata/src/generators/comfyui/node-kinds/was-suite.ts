import { kSamplerInputs } from './k-sampler.ts';
import type { NodeKinds, ReadInput } from './node-kind.ts';
import { replaceText, textOf, textRule } from './text-rules.ts';

const letters = ['text_a', 'text_b', 'text_c', 'text_d'];

/** Empty parts are left out, and with `clean_whitespace` the blanks around each. */
function concatenated(read: ReadInput): string {
  const isClean = read('clean_whitespace') === 'true' || read('clean_whitespace') === true;
  const parts = letters.flatMap((name) => {
    const text = textOf(read(name));
    const kept = isClean ? text?.trim() : text;
    return kept === undefined || kept === '' ? [] : [kept];
  });
  const breaks = textOf(read('linebreak_addition'));
  if (breaks !== undefined) return parts.join(breaks === 'true' ? '\n' : '');
  return parts.join((textOf(read('delimiter')) ?? '').replaceAll(String.raw`\n`, '\n'));
}

/** Lines that begin with `#` are comments there. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
}

/** Nodes of WAS Node Suite. */
export const wasSuite: NodeKinds = {
  'Text Concatenate': {
    // Before mid-2023 it had one switch, for a line break between the texts.
    widgets: (values) =>
      values.length === 1 ? ['linebreak_addition'] : ['delimiter', 'clean_whitespace', ...letters],
    value: concatenated,
  },
  'Text Multiline': { widgets: ['text'], value: textRule('text', withoutComments) },
  'Text String': {
    widgets: ['text', 'text_b', 'text_c', 'text_d'],
    value: (read, slot) => read(['text', 'text_b', 'text_c', 'text_d'][slot] ?? ''),
  },
  'Text Find and Replace': {
    widgets: ['find', 'replace'],
    value: textRule('text', (text, read) => replaceText(text, read('find'), read('replace'))),
  },
  'Text to Conditioning': { text: { parts: { text: 'text' }, clip: 'clip' } },
  'Text Random Line': { isOpaque: true },
  'Text Load Line From File': { isOpaque: true },
  Seed: { widgets: ['seed', null], value: (read) => read('seed') },
  'Number to Seed': { widgets: [], value: (read) => read('number') },
  'Constant Number': { widgets: ['number_type', 'number'], value: (read) => read('number') },
  'KSampler (WAS)': {
    widgets: (values) => [
      ...(values.length > 5 ? ['seed'] : []),
      'steps',
      'cfg',
      'sampler_name',
      'scheduler',
      'denoise',
    ],
    propagates: ['latent_image'],
    sampler: kSamplerInputs,
  },
  'Image Save': {
    output: { is: 'save', media: 'image', from: ['images'], prefix: 'filename_prefix' },
    propagates: ['images'],
  },
};
