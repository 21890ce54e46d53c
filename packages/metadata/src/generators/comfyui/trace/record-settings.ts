import { isJsonArray, isJsonObject, printJson } from '../../../json/json-value.ts';
import type { GraphNode } from '../graph/graph.ts';
import { kindOf, originOf, type GraphWalk } from '../graph/graph-walk.ts';
import type { NodeKind, UsedModel } from '../node-kinds/node-kind.ts';
import { textAt } from '../graph/read-input.ts';

/** Settings by their label; several values of one label are kept apart. */
export type Records = Map<string, string[]>;

/** Notes the settings that a node on the way is described to have. */
export function recordSettings(walk: GraphWalk, node: GraphNode, records: Records): void {
  const kind = kindOf(walk, node);
  if (node.isUncertain && isPartOfRun(kind)) warnOfPlaces(walk, node);
  const read = walk.readerOf(node);
  if (kind.uses !== undefined) recordUsed(walk, node, kind.uses, records);
  for (const [label, port] of Object.entries(kind.records ?? {})) {
    const value = read(port);
    if (value === undefined || value === null || isJsonArray(value) || isJsonObject(value)) continue;
    record(records, label, printJson(value));
  }
}

function isPartOfRun(kind: NodeKind): boolean {
  return [kind.sampler, kind.guider, kind.sigmas, kind.text, kind.textAt, kind.loader, kind.loras].some(
    (facet) => facet !== undefined,
  );
}

function warnOfPlaces(walk: GraphWalk, { id, type }: GraphNode): void {
  const message = `node ${id} (${type}) has values whose place among its widgets is not certain: they are left out`;
  walk.warn({ code: 'unresolved', message });
}

export function record(records: Records, label: string, value: string): void {
  const values = records.get(label);
  if (values === undefined) records.set(label, [value]);
  else if (!values.includes(value)) values.push(value);
}

export function printRecords(records: Records): Readonly<Record<string, string>> {
  return Object.fromEntries([...records].map(([label, values]) => [label, values.join(', ')]));
}

function recordUsed(walk: GraphWalk, node: GraphNode, used: UsedModel, records: Records): void {
  const loader = originOf(walk, node, used.from);
  const name = loader && textAt(walk, loader.node, used.name);
  if (name !== undefined) record(records, used.label, name);
}
