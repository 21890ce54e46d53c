import { isAfter, type Run, type TimeKey } from '../../tables/search-runs.ts';

export interface SourceHead extends TimeKey {
  readonly doc: number;
}

/** A run that documents are taken from, and its latest once it was looked for. */
export interface Source {
  readonly run: Run;
  readonly head: SourceHead | undefined;
}

/** The runs of a merge in the order of how late a document of them may be. */
export class SourcesByTime {
  readonly #sources: Source[];

  constructor(runs: readonly Run[]) {
    this.#sources = runs
      .map((run) => ({ run, head: undefined }))
      .sort((a, b) => (isAfter(a.run.last, b.run.last) ? 1 : -1));
  }

  /** Removes the one that may have the latest document of all. */
  takeLatest(): Source | undefined {
    return this.#sources.pop();
  }

  add(source: Source): void {
    let low = 0;
    let high = this.#sources.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#sources[middle];
      if (other && isAfter(other.run.last, source.run.last)) high = middle;
      else low = middle + 1;
    }
    this.#sources.splice(low, 0, source);
  }
}
