/** Nodes of one graph that are read; the largest real graphs have about a thousand. */
export const maximumNodes = 20_000;
/** Wires on the canvas and in all subgraphs of one file. */
export const maximumWires = 100_000;
/** Insides of subgraphs and group nodes in one file. */
export const maximumSheets = 1000;
/** Inputs and outputs of one node, and widgets of one group node's part. */
export const maximumSlots = 1000;
/** How far one question is followed through a graph. */
export const maximumHops = 400;
/** Wires that are followed at one moment, those included that only say which other wire counts. */
export const maximumOpenWires = 600;
/** Sampler runs that are described for one picture. */
export const maximumStages = 64;
/** Characters of one text that string nodes may build. */
export const maximumTextLength = 1_000_000;
/** Levels of subgraphs inside subgraphs. */
export const maximumSubgraphDepth = 16;
/** Steps from node to node over all that is asked of one graph; real graphs take about ten for each node. */
export const maximumSteps = 50_000;
