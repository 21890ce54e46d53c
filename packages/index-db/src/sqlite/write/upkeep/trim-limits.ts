/** How much is kept of what grows with time; `docs/growth.md` lists these limits. */
export const trimLimits = {
  /** Clusterings and tag graphs that are kept; what was asked for longest ago goes first. */
  clusterings: 50,
  /** Titles of clusters; the oldest go first. */
  titles: 10_000,
  /** Days that annotations of images that are gone are kept, unless an option says otherwise. */
  orphanedAnnotationsDays: 730,
} as const;
