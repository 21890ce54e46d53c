import {
  isJsonObject,
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import type { Boundary, WorkflowNode } from './workflow-scope.ts';
import { idOf } from './node-id.ts';
import { alignNames, declaredWidgets } from './widget-values.ts';

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
): { readonly sheet: JsonObject; readonly boundary: Boundary } {
  const links = innerLinks(group);
  const nodes = jsonArray(group['nodes']).filter(isJsonObject);
  const sheet: JsonObject = {
    nodes: nodes.map((node, index) => placed(node, index, links)),
    links: links.map(({ origin, originSlot, target, targetSlot }, id) => [
      id,
      origin,
      originSlot,
      target,
      targetSlot,
      '*',
    ]),
  };
  return { sheet, boundary: groupBoundary(group, nodes, links, instance) };
}

/** Wires inside; one that starts at no node is fed from outside. */
function innerLinks(group: JsonObject): readonly InnerLink[] {
  return jsonArray(group['links']).flatMap((link) => {
    const [origin, originSlot, target, targetSlot] = jsonArray(link);
    const isComplete = [origin, originSlot, target, targetSlot].every((each) => typeof each === 'number');
    return isComplete ? [{ origin, originSlot, target, targetSlot } as InnerLink] : [];
  });
}

function placed(node: JsonObject, index: number, links: readonly InnerLink[]): JsonObject {
  const inputs = jsonArray(node['inputs']).map((input, slot) => {
    const id = links.findIndex(({ target, targetSlot }) => target === index && targetSlot === slot);
    return { ...jsonObject(input), link: id < 0 ? null : id };
  });
  return { ...node, id: index, inputs };
}

function groupBoundary(
  group: JsonObject,
  nodes: readonly JsonObject[],
  links: readonly InnerLink[],
  instance: WorkflowNode,
): Boundary {
  const outputs = openOutputs(group, nodes, links);
  return {
    output: (slot) => outputs[slot],
    inputName: () => undefined,
    fed: fedInputs(nodes, links, instance),
    widgets: innerWidgets(group, nodes, links, instance),
  };
}

function openOutputs(
  group: JsonObject,
  nodes: readonly JsonObject[],
  links: readonly InnerLink[],
): readonly { readonly nodeId: string; readonly slot: number }[] {
  const shown = new Set(
    jsonArray(group['external']).map((entry) => {
      const [index, slot] = jsonArray(entry);
      return `${idOf(index) ?? ''}:${idOf(slot) ?? ''}`;
    }),
  );
  return nodes.flatMap((node, index) =>
    jsonArray(node['outputs']).flatMap((_output, slot) => {
      const isUsed = links.some(({ origin, originSlot }) => origin === index && originSlot === slot);
      const isHidden = isUsed && !shown.has(`${index}:${slot}`);
      return isHidden || !isVisible(group, index, 'output', String(slot))
        ? []
        : [{ nodeId: String(index), slot }];
    }),
  );
}

/** `node:input` of what is open inside, to the slot of the group node that carries its name. */
function fedInputs(
  nodes: readonly JsonObject[],
  links: readonly InnerLink[],
  instance: WorkflowNode,
): ReadonlyMap<string, number> {
  const fed = new Map<string, number>();
  const taken = new Set<number>();
  nodes.forEach((node, index) => {
    jsonArray(node['inputs']).forEach((input, slot) => {
      if (links.some(({ target, targetSlot }) => target === index && targetSlot === slot)) return;
      const name = jsonText(jsonObject(input)?.['name']) ?? '';
      // A name that occurs twice gets the title of its node in front.
      const outer = instance.inputs.findIndex(
        (candidate, at) => !taken.has(at) && (candidate.name === name || candidate.name.endsWith(` ${name}`)),
      );
      if (outer < 0) return;
      taken.add(outer);
      fed.set(`${index}:${name}`, outer);
    });
  });
  return fed;
}

/** The group node keeps the widgets of all its nodes in one list, but for those fed from inside. */
function innerWidgets(
  group: JsonObject,
  nodes: readonly JsonObject[],
  links: readonly InnerLink[],
  instance: WorkflowNode,
): ReadonlyMap<string, JsonValue> {
  const values = jsonArray(instance.raw['widgets_values']);
  const widgets = new Map<string, JsonValue>();
  let at = 0;
  nodes.forEach((node, index) => {
    const own = jsonArray(node['widgets_values']);
    const linked = linkedWidgets(node, index, links);
    own.forEach((_value, place) => {
      const name = `#${place}`;
      if (linked.has(place) || !isVisible(group, index, 'input', widgetName(node, place))) return;
      const value = values[at];
      at += 1;
      if (value !== undefined) widgets.set(`${index}:${name}`, value);
    });
  });
  // A list of another length was made by another version of the group: better its defaults.
  return at === values.length ? widgets : new Map();
}

function linkedWidgets(node: JsonObject, index: number, links: readonly InnerLink[]): ReadonlySet<number> {
  const places = widgetPlaces(node);
  const linked = jsonArray(node['inputs']).flatMap((input, slot) => {
    const name = jsonText(jsonObject(jsonObject(input)?.['widget'])?.['name']);
    const isFed = links.some(({ target, targetSlot }) => target === index && targetSlot === slot);
    const place = name === undefined || !isFed ? undefined : places.get(name);
    return place ?? [];
  });
  return new Set(linked);
}

function widgetPlaces(node: JsonObject): ReadonlyMap<string, number> {
  const own = jsonArray(node['widgets_values']);
  const places = own.map((_value, index) => index);
  const { named } = alignNames(declaredWidgets(node), own.length === 0 ? [] : places);
  return new Map([...named].map(([name, place]) => [name, Number(place)]));
}

function widgetName(node: JsonObject, place: number): string {
  for (const [name, at] of widgetPlaces(node)) if (at === place) return name;
  return '';
}

function isVisible(group: JsonObject, index: number, side: 'input' | 'output', name: string): boolean {
  const config = jsonObject(jsonObject(group['config'])?.[String(index)]);
  const entry = jsonObject(jsonObject(config?.[side])?.[name]);
  return entry?.['visible'] !== false;
}
