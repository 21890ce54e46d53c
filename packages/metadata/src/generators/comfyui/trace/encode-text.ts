import type { JsonValue } from '../../../json/json-value.ts';
import type { GraphNode } from '../graph/graph.ts';
import type { GraphWalk } from '../graph/graph-walk.ts';
import type { TextKind } from '../node-kinds/node-kind.ts';

export interface EncodedText {
  /** The text, or of several that differ the longest. */
  readonly text: string | undefined;
  /** By encoder, where they differ. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly unresolved: readonly GraphNode[];
  /** Nodes behind which one of several texts is lost, while the others are there. */
  readonly lost: readonly GraphNode[];
}

/** Texts that a node gives to its encoders. */
export function encodeText(walk: GraphWalk, node: GraphNode, kind: TextKind): EncodedText {
  const texts = new Map<string, string>();
  const unresolved: GraphNode[] = [];
  for (const [encoder, ports] of Object.entries(kind.parts)) {
    const result = walk.evaluate(node, ports);
    if (result === undefined) continue;
    if ('unresolved' in result) unresolved.push(result.unresolved);
    else texts.set(encoder, plainText(result.value));
  }
  if (kind.fromOutput !== undefined) {
    const result = walk.evaluateOutput({ node, slot: kind.fromOutput });
    if ('unresolved' in result) unresolved.push(result.unresolved);
    else texts.set('text', plainText(result.value));
  }
  for (const name of kind.adds ?? []) {
    const lost = lostWords(walk, node, name);
    if (lost !== undefined) return { text: undefined, unresolved: [lost], lost: [] };
  }
  const longest = [...texts.values()].reduce<string | undefined>(longer, undefined);
  const text = kind.isJoined === true && longest !== undefined ? joined(texts) : longest;
  const differ = new Set([...texts.values()].filter((text) => text !== '')).size > 1;
  // Each text stands for itself: one that is lost takes no other with it.
  const isPartial = longest !== undefined && longest !== '';
  const missing = isPartial ? { unresolved: [], lost: unresolved } : { unresolved, lost: [] };
  return { text, ...missing, ...(differ && { parts: Object.fromEntries(texts) }) };
}

function joined(texts: ReadonlyMap<string, string>): string {
  return [...texts.values()].filter((text) => text !== '').join('\n');
}

/** Half a prompt is another prompt: words that come in at an unknown place make the whole unknown. */
function lostWords(walk: GraphWalk, node: GraphNode, name: string): GraphNode | undefined {
  const result = walk.evaluate(node, name);
  if (result === undefined) return undefined;
  if ('unresolved' in result) return result.unresolved;
  return plainText(result.value) === '' ? undefined : node;
}

function longer(best: string | undefined, text: string): string {
  return best === undefined || text.length > best.length ? text : best;
}

function plainText(value: JsonValue): string {
  const text = typeof value === 'object' && value !== null ? '' : String(value ?? '');
  return text.replaceAll('\r\n', '\n').trim();
}
