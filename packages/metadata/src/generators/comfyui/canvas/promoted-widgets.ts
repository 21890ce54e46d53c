import { jsonArray, jsonObject, jsonText, type JsonValue } from '../../../json/json-value.ts';
import { idOf } from '../graph/node-id.ts';
import type { WorkflowNode } from './workflow-scope.ts';

/**
 * Values that a subgraph node sets inside, under `inner id:widget`; the id is -1 for a widget that
 * belongs to an input of the subgraph. Newer files list them in `properties.proxyWidgets`, older ones
 * have them in the order of the inputs.
 */
export function promotedWidgets(node: WorkflowNode): ReadonlyMap<string, JsonValue> {
  const known = promoted.get(node);
  if (known !== undefined) return known;
  const read = readPromoted(node);
  promoted.set(node, read);
  return read;
}

/** Every wire at the edge of a subgraph asks for them. */
const promoted = new WeakMap<WorkflowNode, ReadonlyMap<string, JsonValue>>();

function readPromoted({ raw }: WorkflowNode): ReadonlyMap<string, JsonValue> {
  const values = jsonArray(raw['widgets_values']);
  const proxies = jsonArray(jsonObject(raw['properties'])?.['proxyWidgets']);
  const keys = proxies.length > 0 ? proxies.map(proxyKey) : inputKeys(jsonArray(raw['inputs']));
  const found = new Map<string, JsonValue>();
  keys.forEach((key, index) => {
    const value = values[index];
    if (value !== undefined && value !== null) found.set(key, value);
  });
  return found;
}

function proxyKey(proxy: JsonValue): string {
  const [id, name] = jsonArray(proxy);
  return `${idOf(id) ?? ''}:${jsonText(name) ?? ''}`;
}

function inputKeys(inputs: readonly JsonValue[]): readonly string[] {
  return inputs.flatMap((input) => {
    const slot = jsonObject(input);
    return slot?.['widget'] === undefined ? [] : [`-1:${jsonText(slot['name']) ?? ''}`];
  });
}
