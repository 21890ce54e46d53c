import type { JsonValue } from '../../../json/json-value.ts';

/** A wire: comes from an output of another node. */
export interface GraphLink {
  readonly kind: 'link';
  readonly nodeId: string;
  readonly slot: number;
}

export interface GraphLiteral {
  readonly kind: 'literal';
  readonly value: JsonValue;
}

export type GraphInput = GraphLink | GraphLiteral;

export interface GraphNode {
  readonly id: string;
  /** The class, without blanks around it (`ConditioningAverage ` has one). */
  readonly type: string;
  readonly title: string | undefined;
  readonly inputs: ReadonlyMap<string, GraphInput>;
  /** Types of the inputs that have wires, such as `MODEL`; only a UI workflow tells them. */
  readonly inputTypes: ReadonlyMap<string, string>;
  /** Outputs in order of their slots; only a UI workflow tells them. */
  readonly outputs: readonly GraphOutput[];
  /** Some of its values have no name, because their place among the widgets is not certain. */
  readonly isUncertain: boolean;
}

export interface GraphOutput {
  readonly name: string;
  readonly type: string;
}

/** The one form that both kinds of ComfyUI graph are brought into. */
export interface Graph {
  readonly source: 'api' | 'workflow';
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** More nodes than are read. */
  readonly isCut: boolean;
}

export function link(nodeId: string, slot: number): GraphLink {
  return { kind: 'link', nodeId, slot };
}

export function literal(value: JsonValue): GraphLiteral {
  return { kind: 'literal', value };
}
