/** A node on the canvas; wires are drawn by `drawWorkflow`. */
export interface CanvasNode {
  readonly id: number;
  readonly type: string;
  readonly widgets?: unknown;
  /** Input name to type, in order; `widget` marks one that was a widget before. */
  readonly inputs?: readonly (readonly [name: string, type: string, widget?: 'widget'])[];
  /** Output types in order, or name and type. */
  readonly outputs?: readonly (string | readonly [name: string, type: string])[];
  readonly mode?: number;
  readonly title?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** From output to input: `[from id, slot, to id, input name]`; ids -10 and -20 are a subgraph's edge. */
export type Wire = readonly [from: number, slot: number, to: number, input: string | number];

export interface Sheet {
  readonly nodes: readonly CanvasNode[];
  readonly wires: readonly Wire[];
}

/** A workflow as the canvas saves it. */
export function drawWorkflow(sheet: Sheet, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...drawSheet(sheet, 'list'), version: 0.4, ...more });
}

/** A definition for `definitions.subgraphs`, whose wires are objects. */
export function drawSubgraph(
  id: string,
  sheet: Sheet,
  slots: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
): object {
  return {
    id,
    name: id,
    inputNode: { id: -10 },
    outputNode: { id: -20 },
    inputs: slots.inputs.map((name) => ({ name, type: '*' })),
    outputs: slots.outputs.map((name) => ({ name, type: '*' })),
    ...drawSheet(sheet, 'object'),
  };
}

function drawSheet({ nodes, wires }: Sheet, form: 'list' | 'object'): object {
  const links = wires.map(([from, slot, to, input], index) => {
    const target = nodes.find(({ id }) => id === to);
    const place =
      typeof input === 'number' ? input : (target?.inputs ?? []).findIndex(([name]) => name === input);
    return {
      id: index + 1,
      origin_id: from,
      origin_slot: slot,
      target_id: to,
      target_slot: place,
      type: '*',
    };
  });
  return {
    nodes: nodes.map((node) => drawNode(node, links)),
    links: form === 'object' ? links : links.map((link) => Object.values(link)),
  };
}

function drawNode(
  node: CanvasNode,
  links: readonly { id: number; target_id: number; target_slot: number }[],
): object {
  const { id, type, mode = 0, title, properties = {} } = node;
  return {
    id,
    type,
    mode,
    ...(title !== undefined && { title }),
    properties,
    inputs: (node.inputs ?? []).map(([name, inputType, widget], place) => ({
      name,
      type: inputType,
      link: links.find((link) => link.target_id === id && link.target_slot === place)?.id ?? null,
      ...(widget !== undefined && { widget: { name } }),
    })),
    outputs: (node.outputs ?? []).map((output) =>
      typeof output === 'string' ? { name: output, type: output } : { name: output[0], type: output[1] },
    ),
    widgets_values: node.widgets ?? [],
  };
}

const conditioning = [['clip', 'CLIP']] as const;

/** Text to image on the canvas: ids 1 to 7, to be changed by a test. */
export const plainCanvas = {
  loader: {
    id: 1,
    type: 'CheckpointLoaderSimple',
    widgets: ['base.safetensors'],
    outputs: ['MODEL', 'CLIP', 'VAE'],
  },
  positive: {
    id: 2,
    type: 'CLIPTextEncode',
    widgets: ['a fox'],
    inputs: conditioning,
    outputs: ['CONDITIONING'],
  },
  negative: {
    id: 3,
    type: 'CLIPTextEncode',
    widgets: ['blurry'],
    inputs: conditioning,
    outputs: ['CONDITIONING'],
  },
  latent: { id: 4, type: 'EmptyLatentImage', widgets: [512, 768, 1], outputs: ['LATENT'] },
  sampler: {
    id: 5,
    type: 'KSampler',
    widgets: [1, 'randomize', 20, 7, 'euler', 'normal', 1],
    inputs: [
      ['model', 'MODEL'],
      ['positive', 'CONDITIONING'],
      ['negative', 'CONDITIONING'],
      ['latent_image', 'LATENT'],
    ],
    outputs: ['LATENT'],
  },
  decode: {
    id: 6,
    type: 'VAEDecode',
    inputs: [
      ['samples', 'LATENT'],
      ['vae', 'VAE'],
    ],
    outputs: ['IMAGE'],
  },
  save: { id: 7, type: 'SaveImage', widgets: ['ComfyUI'], inputs: [['images', 'IMAGE']] },
} as const satisfies Readonly<Record<string, CanvasNode>>;

export const plainWires: readonly Wire[] = [
  [1, 0, 5, 'model'],
  [1, 1, 2, 'clip'],
  [1, 1, 3, 'clip'],
  [2, 0, 5, 'positive'],
  [3, 0, 5, 'negative'],
  [4, 0, 5, 'latent_image'],
  [5, 0, 6, 'samples'],
  [1, 2, 6, 'vae'],
  [6, 0, 7, 'images'],
];

/** The plain wires without those that end at an input, and with others. */
export function rewired(
  without: readonly (readonly [id: number, input: string])[],
  others: readonly Wire[],
): Wire[] {
  const kept = plainWires.filter(
    ([, , to, input]) => !without.some(([id, name]) => id === to && name === input),
  );
  return [...kept, ...others];
}
