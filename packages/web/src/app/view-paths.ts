/** First segments of the paths below the base that are views; the server answers these with the page. */
export const viewPaths = ['folders', 'topics', 'statistics', 'settings', 'compare'] as const;
export type ViewPath = (typeof viewPaths)[number];
