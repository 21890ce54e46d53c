import stringWidth from 'string-width';

/** How many columns of a terminal a text takes: two for most of Chinese, Japanese and Korean, and for emoji. */
export const textWidth = (text: string): number => stringWidth(text);

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text cut to a number of columns; `keep` says which end of it stays. */
export function cutText(text: string, width: number, keep: 'start' | 'end' = 'start'): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  const all = [...graphemes.segment(text)].map(({ segment }) => segment);
  const kept: string[] = [];
  let room = width - 1;
  for (const part of keep === 'start' ? all : all.reverse()) {
    room -= textWidth(part);
    if (room < 0) break;
    kept.push(part);
  }
  return keep === 'start' ? `${kept.join('')}…` : `…${kept.reverse().join('')}`;
}

/** A text of exactly so many columns. */
export function fitText(
  text: string,
  width: number,
  { align = 'left', keep = 'start' }: { align?: 'left' | 'right'; keep?: 'start' | 'end' } = {},
): string {
  const cut = cutText(text, width, keep);
  const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}
