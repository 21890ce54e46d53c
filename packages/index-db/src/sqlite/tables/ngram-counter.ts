import { foldText } from '@iib-kit/catalog/text';
import { SearchTokenizer } from '../../ngram-index/search-tokenizer.ts';
import { trigrams } from '../../ngram-index/trigrams.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { NgramSamples } from './ngram-samples.ts';

/** Counts the n-grams of images by themselves, apart from what is stored. */
export class NgramCounter {
  readonly #samples: NgramSamples;
  readonly #tokenizer = new SearchTokenizer();

  constructor(db: Sqlite) {
    this.#samples = new NgramSamples(db);
  }

  add(path: string, text: string): void {
    this.#samples.add(this.#tokenizer.tokens(path, text).row, trigrams(foldText(path)));
  }

  /** In how many images each n-gram is; how many images there are under the empty one. */
  take(): ReadonlyMap<string, number> {
    return this.#samples.take();
  }
}
