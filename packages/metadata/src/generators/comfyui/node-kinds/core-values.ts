import type { NodeKind, NodeKinds } from '../node-kind.ts';

function constant(name: string): NodeKind {
  return { widgets: [name], value: (read) => read(name) };
}

/** Plain values of ComfyUI itself. */
export const coreValues: NodeKinds = {
  PrimitiveString: constant('value'),
  PrimitiveStringMultiline: constant('value'),
  PrimitiveInt: constant('value'),
  PrimitiveFloat: constant('value'),
  PrimitiveBoolean: constant('value'),
};
