/** Deeds whose outcome is known to be wrong, with what will mend it. */
export const deedsLeftOut: Readonly<Record<string, string>> = {};

/** Differences that are known, with what will mend them. */
export const differencesLeftOut: Readonly<Record<string, string>> = {};
