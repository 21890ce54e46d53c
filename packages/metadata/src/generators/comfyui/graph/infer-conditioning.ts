import type { GraphNode } from './graph.ts';
import type { Content } from './socket-content.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind, TextKind } from '../node-kinds/node-kind.ts';

const textInput =
  /^(?:text|prompt|positive|positive_prompt|text_positive|string|caption|user_prompt|text_prompt|prompt_text|tags|lyrics)$/i;
/** Encoders that take a text of their own: `text_g`, `clip_l`, `t5xxl`. */
const encoderInput =
  /^(?:text|prompt|clip)_[gl]$|^(?:clip_[gl]|t5xxl|t5|llama|bert|mt5xl|gemma|qwen)(?:_text|_prompt)?$/i;
const negativeInput = /^(?:negative|negative_prompt|text_negative|neg_text)$/i;
/** Wires that bring words besides the text itself. */
const moreText = /(?:^|_)(?:text|prompt|words?|string|prefix|suffix|caption|tags)_?(?:[a-h]|\d+)?$/i;

/** A node that turns text into conditioning, or that makes conditioning of something else. */
export function inferConditioning(node: GraphNode, sockets: Sockets): NodeKind | undefined {
  const { wired, gives } = sockets;
  const givesConditioning = [...gives.values()].includes('conditioning');
  // Its text would otherwise count for the side that it is to leave empty.
  if (givesConditioning && wired.has('conditioning') && /zero/i.test(node.type)) return { zeroed: true };
  if (wired.has('conditioning') || wired.has('model')) return undefined;
  if (!givesConditioning && !wired.has('clip')) return undefined;
  const parts = partsOf(node, textInput, encoderInput);
  const negative = partsOf(node, negativeInput);
  const clip = wired.get('clip')?.[0];
  const more = {
    ...(clip !== undefined && { clip }),
    ...(node.inputs.has('guidance') && { guidance: 'guidance' }),
  };
  const positiveText = parts && textKind(node, parts, more);
  const negativeText = negative && textKind(node, negative, more);
  if (positiveText !== undefined && negativeText !== undefined) {
    return bothTexts(node, sockets, positiveText, negativeText);
  }
  if (positiveText !== undefined) return { text: positiveText };
  return givesConditioning && isFixed(node, sockets) ? { pictureOnly: true } : undefined;
}

function textKind(
  node: GraphNode,
  parts: Readonly<Record<string, string>>,
  more: Pick<TextKind, 'clip' | 'guidance'>,
): TextKind {
  const named = new Set(Object.values(parts));
  const others = [...node.inputs].flatMap(([name, input]) =>
    input.kind === 'link' && !named.has(name) && moreText.test(name) && !negativeInput.test(name)
      ? [name]
      : [],
  );
  const joins = isSong(Object.keys(parts)) && { isJoined: true };
  return { parts, ...more, ...joins, ...(others.length > 0 && { adds: others }) };
}

function isSong(names: readonly string[]): boolean {
  return names.includes('tags') && names.includes('lyrics');
}

function partsOf(
  node: GraphNode,
  single: RegExp,
  encoders?: RegExp,
): Readonly<Record<string, string>> | undefined {
  const names = [...node.inputs].flatMap(([name, input]) =>
    input.kind === 'link' || typeof input.value === 'string' ? [name] : [],
  );
  const perEncoder = encoders === undefined ? [] : names.filter((name) => encoders.test(name));
  if (perEncoder.length > 0) return Object.fromEntries(perEncoder.map((name) => [name, name]));
  const texts = names.filter((name) => single.test(name));
  if (isSong(texts)) return { tags: 'tags', lyrics: 'lyrics' };
  const [text] = texts;
  return text === undefined ? undefined : { text };
}

/** Both texts leave by outputs of their own, or together by one. */
function bothTexts(
  { outputs }: GraphNode,
  { gives, feeds }: Sockets,
  positive: TextKind,
  negative: TextKind,
): NodeKind {
  const slots = [...gives].flatMap(([slot, content]) => (content === 'conditioning' ? [slot] : []));
  if (slots.length < 2) return { textOf: { positive, negative } };
  const last = Math.max(...slots);
  const sides = Array.from({ length: last + 1 }, (_, slot) => {
    if (!slots.includes(slot)) return null;
    const name = outputs[slot]?.name ?? feeds(slot)[0] ?? '';
    if (/neg|-$/i.test(name)) return negative;
    return /pos|\+$/i.test(name) || slot === slots[0] ? positive : negative;
  });
  return { textAt: sides };
}

const pictureInput = /image|pixels|video|mask|vision|audio|frame/i;
const pictures: ReadonlySet<Content> = new Set(['pixels', 'latent', 'vae', 'number']);

/** Only pictures come in, and no text stands in the node. */
function isFixed(node: GraphNode, { wired }: Sockets): boolean {
  const isPictures = [...wired].every(
    ([content, names]) => pictures.has(content) || names.every((name) => pictureInput.test(name)),
  );
  if (node.isUncertain || !isPictures) return false;
  return [...node.inputs.values()].every(
    (input) => input.kind === 'link' || typeof input.value !== 'string' || input.value.length < 40,
  );
}
