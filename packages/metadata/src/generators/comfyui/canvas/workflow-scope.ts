import type { ComparisonBudget } from './align-widgets.ts';
import type { JsonObject, JsonValue } from '../../../json/json-value.ts';

export interface WorkflowSlot {
  readonly name: string;
  readonly type: string;
  /** Id of the wire that ends here; undefined for none. */
  readonly link: string | undefined;
}

/** A node as it stands on the canvas. */
export interface WorkflowNode {
  readonly id: string;
  readonly type: string;
  readonly mode: number;
  readonly title: string | undefined;
  readonly inputs: readonly WorkflowSlot[];
  readonly outputs: readonly WorkflowSlot[];
  readonly raw: JsonObject;
}

export interface WorkflowLink {
  readonly originId: string;
  readonly originSlot: number;
  readonly targetId: string;
  readonly targetSlot: number;
}

/** How much of a file was read, and whether some of it was left out. */
export interface SheetCount {
  nodes: number;
  wires: number;
  sheets: number;
  isCut: boolean;
  /** What may still be spent on finding places for names of widgets. */
  readonly comparisons: ComparisonBudget;
}

/** One sheet of nodes: the canvas itself, or the inside of a subgraph or group node. */
export interface WorkflowScope {
  /** What the ids of its nodes begin with, such as `30:`. */
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, WorkflowNode>;
  readonly links: ReadonlyMap<string, WorkflowLink>;
  /** Insides of the nodes of this sheet that have one. */
  readonly insides: ReadonlyMap<string, WorkflowScope>;
  /** The sheet and node that this is the inside of. */
  readonly instance: { readonly scope: WorkflowScope; readonly node: WorkflowNode } | undefined;
  readonly boundary: Boundary | undefined;
  /** What was read so far, on all sheets together. */
  readonly count: SheetCount;
}

/** How the inside of a node is connected to its slots. */
export interface Boundary {
  /** The inner origin behind an output slot of the node. */
  readonly output: (slot: number) => { readonly nodeId: string; readonly slot: number } | undefined;
  /** Index of the node's input slot that feeds an inner input, by the id of a wire or node and slot. */
  readonly inputName: (slot: number) => string | undefined;
  /** Inner inputs that the node's own slots feed directly, where no boundary node stands between. */
  readonly fed: ReadonlyMap<string, number>;
  /** Widget values that the node sets inside: `id:name` to value. */
  readonly widgets: ReadonlyMap<string, JsonValue>;
}

/** Ids that stand for the edge of a subgraph, at which its inputs and outputs begin and end. */
export const inputEdge = '-10';
export const outputEdge = '-20';
