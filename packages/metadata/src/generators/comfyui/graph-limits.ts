/** Nodes of one graph that are read; the largest real graphs have about a thousand. */
export const maximumNodes = 20_000;
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
/** Steps from node to node over all that is asked of one graph. */
export const maximumSteps = 150_000;
