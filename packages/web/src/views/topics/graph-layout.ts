import type { TagGraph } from '../../library/topics/topics.ts';

export type GraphNode = TagGraph['layers'][number]['nodes'][number];

export interface Column {
  readonly level: number;
  readonly nodes: readonly GraphNode[];
  /** Nodes that there was no room for. */
  readonly hidden: number;
}

/** A line from a row of one column to a row of the next. */
export interface GraphLine {
  readonly key: string;
  readonly column: number;
  readonly fromRow: number;
  readonly toRow: number;
  /** 0 to 1, beside the strongest link that is shown. */
  readonly strength: number;
}

export interface GraphLayout {
  /** From the most abstract to the groups of images. */
  readonly columns: readonly Column[];
  readonly lines: readonly GraphLine[];
}

/**
 * Puts a graph into columns, a node a row: the largest nodes, or with a chosen one those that are linked to it, over
 * any number of layers up and down.
 */
export function layOutGraph(graph: TagGraph, chosen: string | undefined, rows: number): GraphLayout {
  const layers = graph.layers.toSorted((a, b) => b.level - a.level).filter(({ nodes }) => nodes.length > 0);
  const related = chosen === undefined ? undefined : relatedNodes(graph, chosen);
  const columns = layers.map(({ level, nodes }) => {
    const wanted = related === undefined ? nodes : nodes.filter(({ id }) => related.has(id));
    return { level, nodes: wanted.slice(0, rows), hidden: Math.max(0, wanted.length - rows) };
  });
  const ordered = untangled(columns, graph.links);
  return { columns: ordered, lines: linesBetween(ordered, graph.links) };
}

/** Puts each node beside what it is linked to in the next column, so that fewer lines cross. */
function untangled(columns: readonly Column[], links: TagGraph['links']): Column[] {
  const neighbours = neighboursOf(links);
  const ordered: Column[] = [];
  for (const column of columns.toReversed()) {
    const rows = new Map(ordered[0]?.nodes.map(({ id }, row) => [id, row]));
    const placeOf = ({ id }: GraphNode): number => {
      const places = (neighbours.get(id) ?? []).flatMap((next) => rows.get(next) ?? []);
      return places.length === 0 ? rows.size : places.reduce((sum, row) => sum + row) / places.length;
    };
    const nodes = column.nodes
      .map((node) => ({ node, place: placeOf(node) }))
      .toSorted((a, b) => a.place - b.place);
    ordered.unshift({ ...column, nodes: nodes.map(({ node }) => node) });
  }
  return ordered;
}

function neighboursOf(links: TagGraph['links']): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  for (const { source, target } of links) {
    append(neighbours, source, target);
    append(neighbours, target, source);
  }
  return neighbours;
}

/** What a node leads to upwards and downwards, without turning back on the way. */
function relatedNodes({ layers, links }: TagGraph, chosen: string): ReadonlySet<string> {
  const levels = new Map(layers.flatMap(({ level, nodes }) => nodes.map(({ id }) => [id, level] as const)));
  const neighbours = neighboursOf(links);
  const found = new Set([chosen]);
  for (const direction of [1, -1]) {
    const open = [chosen];
    for (const id of open) {
      for (const next of neighbours.get(id) ?? []) {
        const isOnward = Math.sign((levels.get(next) ?? 0) - (levels.get(id) ?? 0)) === direction;
        if (!isOnward || found.has(next)) continue;
        found.add(next);
        open.push(next);
      }
    }
  }
  return found;
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function linesBetween(columns: readonly Column[], links: TagGraph['links']): GraphLine[] {
  const places = new Map(
    columns.flatMap(({ nodes }, column) => nodes.map(({ id }, row) => [id, { column, row }] as const)),
  );
  const between = links.flatMap(({ source, target, weight }) => {
    const [a, b] = [places.get(source), places.get(target)];
    if (a === undefined || b === undefined || Math.abs(a.column - b.column) !== 1) return [];
    const [from, to] = a.column < b.column ? [a, b] : [b, a];
    return [{ key: `${source} ${target}`, column: from.column, fromRow: from.row, toRow: to.row, weight }];
  });
  const strongest = Math.max(...between.map(({ weight }) => weight), Number.MIN_VALUE);
  return between.map(({ weight, ...line }) => ({ ...line, strength: weight / strongest }));
}
