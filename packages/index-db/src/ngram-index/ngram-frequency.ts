/** In what part of all documents an n-gram occurs, 0 to 1, as far as a sample shows. */
export type NgramFrequency = (ngram: string) => number;
