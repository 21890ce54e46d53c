import {
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import type { Graph } from './graph.ts';
import { idOf } from './node-id.ts';
import type { NodeKindIndex } from '../node-kinds/node-kind.ts';

/**
 * Texts that display nodes show. Those that are listed here write what they show into the workflow
 * while it runs, so that it is the text of this very picture, whatever made it.
 */
export function displayedTexts(workflow: JsonObject, kinds: NodeKindIndex): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const value of jsonArray(workflow['nodes'])) {
    const node = jsonObject(value);
    const type = jsonText(node?.['type'])?.trim() ?? '';
    const id = idOf(node?.['id']);
    if (id === undefined || kinds.get(type)?.displays === undefined) continue;
    const text = firstText(jsonArray(node?.['widgets_values']));
    if (text !== undefined) texts.set(id, text);
  }
  return texts;
}

/** The same texts by the output that was shown, as `slot:node id`: it may be wired elsewhere too. */
export function shownOutputs(
  graph: Graph,
  kinds: NodeKindIndex,
  displayed: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  for (const [id, text] of displayed) {
    const node = graph.nodes.get(id);
    const port = node && kinds.get(node.type)?.displays;
    const input = typeof port === 'string' ? node?.inputs.get(port) : undefined;
    if (input?.kind === 'link') shown.set(`${input.slot}:${input.nodeId}`, text);
  }
  return shown;
}

/** The value is a text, or a list of texts of which one is shown. */
function firstText(values: readonly JsonValue[]): string | undefined {
  const [first] = values;
  return jsonText(first) ?? jsonText(jsonArray(first)[0]);
}
