import type { TagGraph } from '../../library/topics/topics.ts';

export type GraphNode = TagGraph['layers'][number]['nodes'][number];

export interface Column {
  readonly level: number;
  readonly nodes: readonly GraphNode[];
  /** The number of nodes that did not fit. */
  readonly hidden: number;
}

/** A line from a row of one column to a row of the next. */
export interface GraphLine {
  readonly key: string;
  readonly column: number;
  readonly fromRow: number;
  readonly toRow: number;
  /** From 0 to 1, relative to the strongest link shown. */
  readonly strength: number;
}

export interface GraphLayout {
  /** From the most abstract layer to the topics. */
  readonly columns: readonly Column[];
  readonly lines: readonly GraphLine[];
}

/**
 * Lays a graph out in columns with one node per row: the largest nodes or, with a selected node, those connected to it
 * across any number of layers.
 */
export function layOutGraph(graph: TagGraph, selected: string | undefined, rows: number): GraphLayout {
  const layers = graph.layers.toSorted((a, b) => b.level - a.level).filter(({ nodes }) => nodes.length > 0);
  const related = selected === undefined ? undefined : relatedNodes(graph, selected);
  const columns = layers.map(({ level, nodes }) => {
    const visible = related === undefined ? nodes : nodes.filter(({ id }) => related.has(id));
    return { level, nodes: visible.slice(0, rows), hidden: Math.max(0, visible.length - rows) };
  });
  const ordered = untangle(columns, graph.links);
  return { columns: ordered, lines: linesBetween(ordered, graph.links) };
}

/** Orders the nodes of each column by the rows of their neighbours in the next one, so that fewer lines cross. */
function untangle(columns: readonly Column[], links: TagGraph['links']): Column[] {
  const neighbours = neighboursOf(links);
  const ordered: Column[] = [];
  for (const column of columns.toReversed()) {
    const rows = new Map(ordered[0]?.nodes.map(({ id }, row) => [id, row]));
    const averageRow = ({ id }: GraphNode): number => {
      const neighbourRows = (neighbours.get(id) ?? []).flatMap((next) => rows.get(next) ?? []);
      return neighbourRows.length === 0
        ? rows.size
        : neighbourRows.reduce((sum, row) => sum + row) / neighbourRows.length;
    };
    const nodes = column.nodes
      .map((node) => ({ node, row: averageRow(node) }))
      .toSorted((a, b) => a.row - b.row);
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

/** The nodes that are reached from a node by only going up, or only going down. */
function relatedNodes({ layers, links }: TagGraph, selected: string): ReadonlySet<string> {
  const levels = new Map(layers.flatMap(({ level, nodes }) => nodes.map(({ id }) => [id, level] as const)));
  const neighbours = neighboursOf(links);
  const found = new Set([selected]);
  for (const direction of [1, -1]) {
    const open = [selected];
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
  const positions = new Map(
    columns.flatMap(({ nodes }, column) => nodes.map(({ id }, row) => [id, { column, row }] as const)),
  );
  const between = links.flatMap(({ source, target, weight }) => {
    const [a, b] = [positions.get(source), positions.get(target)];
    if (a === undefined || b === undefined || Math.abs(a.column - b.column) !== 1) return [];
    const [from, to] = a.column < b.column ? [a, b] : [b, a];
    return [{ key: `${source} ${target}`, column: from.column, fromRow: from.row, toRow: to.row, weight }];
  });
  const strongest = Math.max(...between.map(({ weight }) => weight), Number.MIN_VALUE);
  return between.map(({ weight, ...line }) => ({ ...line, strength: weight / strongest }));
}
