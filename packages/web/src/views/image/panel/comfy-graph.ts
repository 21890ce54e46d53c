/** A node of a ComfyUI workflow, for display. */
export interface GraphNode {
  readonly id: string;
  readonly type: string;
  /** The title given by the author of the workflow. */
  readonly title: string | undefined;
  readonly values: readonly { readonly name: string; readonly text: string }[];
  readonly links: readonly { readonly name: string; readonly from: string }[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Finds a workflow in the raw metadata of a file and parses its nodes; undefined if there is none. Prefers the executed
 * prompt to the editor's workflow, which does not name its values.
 */
export function readGraph(texts: readonly { readonly text: string }[]): readonly GraphNode[] | undefined {
  const objects = texts.map(({ text }) => parseObject(text)).filter((object) => object !== undefined);
  for (const object of objects) {
    const prompt = executedNodes(object) ?? executedNodes(asObject(object['prompt']));
    if (prompt !== undefined) return prompt;
  }
  for (const object of objects) {
    const workflow = editorNodes(object) ?? editorNodes(asObject(object['workflow']));
    if (workflow !== undefined) return workflow;
  }
  return undefined;
}

/** `{ "3": { "class_type": "KSampler", "inputs": { "seed": 5, "model": ["4", 0] } } }` */
function executedNodes(graph: Json | undefined): GraphNode[] | undefined {
  if (graph === undefined) return undefined;
  const nodes = Object.entries(graph).flatMap(([id, value]): GraphNode[] => {
    const node = asObject(value);
    const type = node?.['class_type'];
    if (node === undefined || typeof type !== 'string') return [];
    const inputs = Object.entries(asObject(node['inputs']) ?? {});
    const isLink = (input: unknown): input is [string | number, number] =>
      Array.isArray(input) && input.length === 2 && typeof input[1] === 'number';
    return [
      {
        id,
        type,
        title: ownTitle(asObject(node['_meta'])?.['title'], type),
        values: inputs.flatMap(([name, input]) => (isLink(input) ? [] : { name, text: textOf(input) })),
        links: inputs.flatMap(([name, input]) => (isLink(input) ? { name, from: String(input[0]) } : [])),
      },
    ];
  });
  return nodes.length === 0 ? undefined : nodes;
}

/** `{ "nodes": [{ "id": 3, "type": "KSampler", "widgets_values": [5], "inputs": [{ "name": "model", "link": 1 }] }], "links": [[1, 4, 0, 3, 0, "MODEL"]] }` */
function editorNodes(graph: Json | undefined, prefix = ''): GraphNode[] | undefined {
  const list = graph?.['nodes'];
  if (graph === undefined || !Array.isArray(list)) return undefined;
  const origins = linkOrigins(graph['links']);
  const nodes = list.flatMap((value: unknown): GraphNode[] => {
    const node = asObject(value);
    const type = node?.['type'];
    if (node === undefined || typeof type !== 'string') return [];
    const inputs: readonly unknown[] = Array.isArray(node['inputs']) ? node['inputs'] : [];
    const links = inputs.flatMap((input) => {
      const { name, link } = asObject(input) ?? {};
      const from = typeof link === 'number' ? origins.get(link) : undefined;
      return from === undefined ? [] : [{ name: String(name), from: prefix + from }];
    });
    return [
      {
        id: prefix + String(node['id']),
        type,
        title: ownTitle(node['title'], type),
        values: widgetValues(node['widgets_values']),
        links,
      },
    ];
  });
  const definitions = asObject(graph['definitions'])?.['subgraphs'];
  const inside = (Array.isArray(definitions) && prefix === '' ? definitions : []).flatMap(
    (value: unknown) => {
      const subgraph = asObject(value);
      return editorNodes(subgraph, `${String(subgraph?.['name'] ?? subgraph?.['id'])}: `) ?? [];
    },
  );
  return nodes.length === 0 ? undefined : [...nodes, ...inside];
}

/** Maps each link to its source node. Links are arrays or, in subgraphs, objects. */
function linkOrigins(links: unknown): Map<number, string> {
  const origins = new Map<number, string>();
  for (const link of Array.isArray(links) ? (links as unknown[]) : []) {
    const [id, from] = Array.isArray(link)
      ? (link as unknown[])
      : [asObject(link)?.['id'], asObject(link)?.['origin_id']];
    if (typeof id === 'number') origins.set(id, String(from));
  }
  return origins;
}

function widgetValues(values: unknown): { name: string; text: string }[] {
  if (Array.isArray(values)) {
    return values.flatMap((value: unknown, position) =>
      value === null || value === '' ? [] : { name: `#${position + 1}`, text: textOf(value) },
    );
  }
  return Object.entries(asObject(values) ?? {}).map(([name, value]) => ({ name, text: textOf(value) }));
}

function ownTitle(title: unknown, type: string): string | undefined {
  return typeof title === 'string' && title !== '' && title !== type ? title : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function parseObject(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Some writers emit NaN, which is not valid JSON.
    try {
      return asObject(JSON.parse(text.replace(/\bNaN\b/g, 'null')));
    } catch {
      return undefined;
    }
  }
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The nodes whose type, title, id, or input names or values contain a text. */
export function searchNodes(nodes: readonly GraphNode[], needle: string): readonly GraphNode[] {
  const wanted = needle.trim().toLowerCase();
  if (wanted === '') return nodes;
  const has = (text: string | undefined) => text?.toLowerCase().includes(wanted) === true;
  return nodes.filter(
    ({ id, type, title, values, links }) =>
      has(id) ||
      has(type) ||
      has(title) ||
      values.some(({ name, text }) => has(name) || has(text)) ||
      links.some(({ name }) => has(name)),
  );
}
