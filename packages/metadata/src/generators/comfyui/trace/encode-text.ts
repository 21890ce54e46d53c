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
  const longest = [...texts.values()].reduce<string | undefined>(longer, undefined);
  const differ = new Set([...texts.values()].filter((text) => text !== '')).size > 1;
  return { text: longest, unresolved, ...(differ && { parts: Object.fromEntries(texts) }) };
}

function longer(best: string | undefined, text: string): string {
  return best === undefined || text.length > best.length ? text : best;
}

function plainText(value: JsonValue): string {
  const text = typeof value === 'object' && value !== null ? '' : String(value ?? '');
  return text.replaceAll('\r\n', '\n').trim();
}
