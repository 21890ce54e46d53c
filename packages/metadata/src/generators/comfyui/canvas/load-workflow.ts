import { jsonArray, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import { findEverywhere, type FindEverywhere } from './everywhere-links.ts';
import { literal, type Graph, type GraphInput, type GraphNode } from '../graph/graph.ts';
import type { NodeKindIndex } from '../node-kinds/node-kind.ts';
import { promotedWidgets } from './promoted-widgets.ts';
import { isActive, isExecuted, isOpenEdge, resolveLink, resolveOrigin } from './resolve-workflow-link.ts';
import { declaredWidgets, namedWidgets } from './widget-values.ts';
import { readWorkflow } from './read-workflow.ts';
import type { WorkflowNode, WorkflowScope } from './workflow-scope.ts';

/**
 * Reads the graph of the canvas as it would have been executed: subgraphs and group nodes opened,
 * muted nodes gone, bypassed ones spliced, primitives, reroutes and named wires resolved. Values of
 * unknown classes stay without a name, unless the file names them.
 */
export function loadWorkflow(workflow: JsonObject, kinds: NodeKindIndex): Graph {
  const nodes = new Map<string, GraphNode>();
  const root = readWorkflow(workflow, kinds);
  const everywhere = findEverywhere(workflow, root);
  const waiting: WorkflowScope[] = [root];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    if (!isActive(scope)) continue;
    for (const node of scope.nodes.values()) {
      if (!isExecuted(scope, node)) continue;
      const loaded = loadNode(scope, node, kinds, scope === root ? everywhere : undefined);
      nodes.set(loaded.id, loaded);
    }
    waiting.push(...scope.insides.values());
  }
  return { source: 'workflow', nodes, isCut: root.count.isCut };
}

function loadNode(
  scope: WorkflowScope,
  node: WorkflowNode,
  kinds: NodeKindIndex,
  everywhere: FindEverywhere | undefined,
): GraphNode {
  const raw = withOuterWidgets(scope, node);
  const widgets = namedWidgets({ ...node, raw }, kinds.get(node.type)?.widgets, scope.count.comparisons);
  const inputs = new Map<string, GraphInput>();
  for (const [name, value] of widgets.named) inputs.set(name, literal(value));
  setFromOutside(scope, node, inputs);
  node.inputs.forEach(({ name, link }, slot) => {
    const wired = link === undefined ? openInput(scope, node, slot, everywhere) : resolveLink(scope, link);
    // A wire beats the value that was typed in before it was drawn, also when it brings nothing.
    if (wired !== undefined) inputs.set(name, wired);
    else if (link !== undefined && !isOpenEdge(scope, link)) inputs.delete(name);
  });
  return {
    id: `${scope.prefix}${node.id}`,
    type: node.type,
    title: node.title,
    inputs,
    inputTypes: new Map(node.inputs.map(({ name, type }) => [name, type])),
    outputs: node.outputs.map(({ name, type }) => ({ name, type })),
    isUncertain: widgets.isUncertain,
  };
}

/** What the node of a subgraph sets inside beats what stands inside. */
function setFromOutside(
  scope: WorkflowScope,
  { id, raw }: WorkflowNode,
  inputs: Map<string, GraphInput>,
): void {
  const promoted = scope.instance && promotedWidgets(scope.instance.node);
  if (promoted === undefined || promoted.size === 0) return;
  for (const name of [...inputs.keys(), ...declaredWidgets(raw).map((widget) => widget.name ?? '')]) {
    const value = promoted.get(`${id}:${name}`);
    if (value !== undefined) inputs.set(name, literal(value));
  }
}

/** An input without a wire of its own: fed by the slots of a group node, or by Use Everywhere. */
function openInput(
  scope: WorkflowScope,
  node: WorkflowNode,
  slot: number,
  everywhere: FindEverywhere | undefined,
): GraphInput | undefined {
  const outer = scope.boundary?.fed.get(`${node.id}:${node.inputs[slot]?.name ?? ''}`);
  const link = outer === undefined ? undefined : scope.instance?.node.inputs[outer]?.link;
  if (link !== undefined && scope.instance !== undefined) return resolveLink(scope.instance.scope, link);
  const found = everywhere?.(node, slot);
  if (found === undefined) return undefined;
  return 'link' in found ? resolveLink(scope, found.link) : resolveOrigin(scope, found.nodeId, found.slot, 0);
}

function withOuterWidgets(scope: WorkflowScope, { id, raw }: WorkflowNode): JsonObject {
  const outer = scope.boundary?.widgets;
  if (outer === undefined || outer.size === 0) return raw;
  const values = jsonArray(raw['widgets_values']).map(
    (value, place): JsonValue => outer.get(`${id}:#${place}`) ?? value,
  );
  return { ...raw, widgets_values: values };
}
