import { isJsonArray, isJsonObject, printJson } from '../../json/json-value.ts';
import type { GraphNode } from './graph.ts';
import { kindOf, originOf, type GraphWalk } from './graph-walk.ts';

/** Settings by their label; several values of one label are kept apart. */
export type Records = Map<string, string[]>;

/** Notes the settings that a node on the way is described to have. */
export function recordSettings(walk: GraphWalk, node: GraphNode, records: Records): void {
  const kind = kindOf(walk, node);
  const read = walk.readerOf(node);
  if (kind.controlNet !== undefined) recordControlNet(walk, node, records);
  for (const [label, port] of Object.entries(kind.records ?? {})) {
    const value = read(port);
    if (value === undefined || value === null || isJsonArray(value) || isJsonObject(value)) continue;
    record(records, label, printJson(value));
  }
}

export function record(records: Records, label: string, value: string): void {
  const values = records.get(label);
  if (values === undefined) records.set(label, [value]);
  else if (!values.includes(value)) values.push(value);
}

export function printRecords(records: Records): Readonly<Record<string, string>> {
  return Object.fromEntries([...records].map(([label, values]) => [label, values.join(', ')]));
}

function recordControlNet(walk: GraphWalk, node: GraphNode, records: Records): void {
  const loader = originOf(walk, node, kindOf(walk, node).controlNet);
  const name = loader && walk.readerOf(loader.node)('control_net_name');
  if (typeof name === 'string') record(records, 'ControlNet', name);
}
