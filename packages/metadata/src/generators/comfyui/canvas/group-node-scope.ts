import {
  isJsonObject,
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import { maximumSlots } from '../graph/graph-limits.ts';
import type { Boundary, SheetCount, WorkflowNode } from './workflow-scope.ts';
import { idOf } from '../graph/node-id.ts';
import type { NodeKindIndex } from '../node-kinds/node-kind.ts';
import { isSeedControl } from './align-widgets.ts';
import { readCanvasNode } from './read-canvas-nodes.ts';
import { namedWidgets } from './widget-values.ts';

/** What names the widgets of the nodes inside. */
interface Knowledge {
  readonly kinds: NodeKindIndex;
  readonly count: SheetCount;
}

interface InnerLink {
  readonly origin: number;
  readonly originSlot: number;
  readonly target: number;
  readonly targetSlot: number;
}

/**
 * The inside of a group node, brought into the form of a subgraph. Its nodes have no ids but stand
 * in order; its wires name them by their place; its slots are what is left open inside, in order.
 */
export function groupNodeScope(
  group: JsonObject,
  instance: WorkflowNode,
  knowledge: Knowledge,
): { readonly sheet: JsonObject; readonly boundary: Boundary } {
  const links = innerLinks(group);
  const wiring: Wiring = {
    fed: new Map(links.map(({ target, targetSlot }, id) => [`${target}:${targetSlot}`, id])),
    used: new Set(links.map(({ origin, originSlot }) => `${origin}:${originSlot}`)),
  };
  const nodes = jsonArray(group['nodes']).filter(isJsonObject);
  const sheet: JsonObject = {
    nodes: nodes.map((node, index) => placed(node, index, wiring)),
    links: links.map(({ origin, originSlot, target, targetSlot }, id) => [
      id,
      origin,
      originSlot,
      target,
      targetSlot,
      '*',
    ]),
  };
  const widgets = innerWidgets(group, nodes, wiring, instance, knowledge);
  return { sheet, boundary: { ...groupBoundary(group, nodes, wiring, instance), widgets } };
}

/** Wires inside by what they feed, and the outputs that they come from. */
interface Wiring {
  readonly fed: ReadonlyMap<string, number>;
  readonly used: ReadonlySet<string>;
}

/** Wires inside; one that starts at no node is fed from outside. */
function innerLinks(group: JsonObject): readonly InnerLink[] {
  return jsonArray(group['links']).flatMap((link) => {
    const [origin, originSlot, target, targetSlot] = jsonArray(link);
    const isComplete = [origin, originSlot, target, targetSlot].every((each) => typeof each === 'number');
    return isComplete ? [{ origin, originSlot, target, targetSlot } as InnerLink] : [];
  });
}

function placed(node: JsonObject, index: number, { fed }: Wiring): JsonObject {
  const inputs = slotsOf(node, 'inputs').map((input, slot) => ({
    ...jsonObject(input),
    link: fed.get(`${index}:${slot}`) ?? null,
  }));
  return { ...node, id: index, inputs };
}

function groupBoundary(
  group: JsonObject,
  nodes: readonly JsonObject[],
  wiring: Wiring,
  instance: WorkflowNode,
): Omit<Boundary, 'widgets'> {
  const outputs = openOutputs(group, nodes, wiring);
  return {
    output: (slot) => outputs[slot],
    inputName: () => undefined,
    fed: fedInputs(nodes, wiring, instance),
  };
}

function slotsOf(node: JsonObject, side: 'inputs' | 'outputs' | 'widgets_values'): readonly JsonValue[] {
  return jsonArray(node[side]).slice(0, maximumSlots);
}

function openOutputs(
  group: JsonObject,
  nodes: readonly JsonObject[],
  { used }: Wiring,
): readonly { readonly nodeId: string; readonly slot: number }[] {
  const shown = new Set(
    jsonArray(group['external']).map((entry) => {
      const [index, slot] = jsonArray(entry);
      return `${idOf(index) ?? ''}:${idOf(slot) ?? ''}`;
    }),
  );
  return nodes.flatMap((node, index) =>
    slotsOf(node, 'outputs').flatMap((_output, slot) => {
      const key = `${index}:${slot}`;
      const isHidden = used.has(key) && !shown.has(key);
      return isHidden || !isVisible(group, index, 'output', String(slot))
        ? []
        : [{ nodeId: String(index), slot }];
    }),
  );
}

/** `node:input` of what is open inside, to the slot of the group node that carries its name. */
function fedInputs(
  nodes: readonly JsonObject[],
  wiring: Wiring,
  instance: WorkflowNode,
): ReadonlyMap<string, number> {
  const free = slotsByName(instance);
  const taken = new Set<number>();
  const fed = new Map<string, number>();
  nodes.forEach((node, index) => {
    slotsOf(node, 'inputs').forEach((input, slot) => {
      if (wiring.fed.has(`${index}:${slot}`)) return;
      const name = jsonText(jsonObject(input)?.['name']) ?? '';
      const candidates = free.get(name) ?? [];
      while (taken.has(candidates[0] ?? -1)) candidates.shift();
      const outer = candidates.shift();
      if (outer === undefined) return;
      taken.add(outer);
      fed.set(`${index}:${name}`, outer);
    });
  });
  return fed;
}

/** Slots of a group node by the name inside; one that occurs twice has its node's title in front. */
function slotsByName(instance: WorkflowNode): Map<string, number[]> {
  const slots = new Map<string, number[]>();
  instance.inputs.forEach(({ name }, index) => {
    const words = name.split(' ');
    for (let from = 0; from < Math.min(words.length, 8); from += 1) {
      const end = words.slice(from).join(' ');
      slots.set(end, [...(slots.get(end) ?? []), index]);
    }
  });
  return slots;
}

/**
 * The group node keeps the widgets of all its nodes in one list: those that became inputs at the end,
 * each with the control behind it, and none that is fed from inside.
 */
function innerWidgets(
  group: JsonObject,
  nodes: readonly JsonObject[],
  wiring: Wiring,
  instance: WorkflowNode,
  knowledge: Knowledge,
): ReadonlyMap<string, JsonValue> {
  const values = jsonArray(instance.raw['widgets_values']);
  const plain: string[] = [];
  const converted: string[] = [];
  nodes.forEach((node, index) => {
    const inputs = widgetInputs(node, index, wiring);
    placeNames(node, index, knowledge).forEach((name, place) => {
      const state = inputs.get(name);
      if (state === 'fed' || !isVisible(group, index, 'input', name)) return;
      (state === 'open' ? converted : plain).push(`${index}:#${place}`);
    });
  });
  const keys = [...plain, ...converted];
  // A list of another length was made by another version of the group: better its defaults.
  if (keys.length !== values.length) return new Map();
  return new Map(keys.flatMap((key, at) => definedEntry(key, values[at])));
}

function definedEntry(key: string, value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return value === undefined ? [] : [[key, value]];
}

/** Widgets that became inputs: fed from inside, or open to the outside. */
function widgetInputs(node: JsonObject, index: number, { fed }: Wiring): ReadonlyMap<string, 'fed' | 'open'> {
  const inputs = slotsOf(node, 'inputs').flatMap((input, slot) => {
    const name = jsonText(jsonObject(jsonObject(input)?.['widget'])?.['name']);
    if (name === undefined) return [];
    return [[name, fed.has(`${index}:${slot}`) ? 'fed' : 'open'] as const];
  });
  return new Map(inputs);
}

/** Names of a node's widgets by their place, as far as they are known; a control has that of its seed. */
function placeNames(node: JsonObject, index: number, { kinds, count }: Knowledge): readonly string[] {
  const values = slotsOf(node, 'widgets_values');
  const inner = readCanvasNode({ ...node, id: index });
  const kind = inner && kinds.get(inner.type);
  const places = inner === undefined ? [] : [...namedWidgets(inner, kind?.widgets, count.comparisons).places];
  const names = new Map(places.map(([name, place]) => [place, name]));
  return values.map((value, place) => {
    return names.get(place) ?? (isSeedControl(value) ? names.get(place - 1) : undefined) ?? '';
  });
}

function isVisible(group: JsonObject, index: number, side: 'input' | 'output', name: string): boolean {
  const config = jsonObject(jsonObject(group['config'])?.[String(index)]);
  const entry = jsonObject(jsonObject(config?.[side])?.[name]);
  return entry?.['visible'] !== false;
}
