/** The highest of many scores, found in one pass with a heap whose root is the lowest of them. */
export class HighestScores {
  readonly #indexes: Int32Array;
  readonly #scores: Float64Array;
  #size = 0;

  constructor(count: number) {
    this.#indexes = new Int32Array(count);
    this.#scores = new Float64Array(count);
  }

  offer(index: number, score: number): void {
    if (this.#size < this.#scores.length) {
      this.#rise(this.#size++, index, score);
    } else if (this.#size > 0 && isAbove(index, score, this.#indexes[0] ?? 0, this.#scores[0] ?? 0)) {
      this.#sink(index, score);
    }
  }

  /** Highest first; equal scores by index. */
  sorted(): { index: number; score: number }[] {
    return Array.from({ length: this.#size }, (_, place) => ({
      index: this.#indexes[place] ?? 0,
      score: this.#scores[place] ?? 0,
    })).sort((a, b) => b.score - a.score || a.index - b.index);
  }

  #rise(from: number, index: number, score: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isAbove(index, score, this.#indexes[parent] ?? 0, this.#scores[parent] ?? 0)) break;
      this.#put(place, this.#indexes[parent] ?? 0, this.#scores[parent] ?? 0);
      place = parent;
    }
    this.#put(place, index, score);
  }

  #sink(index: number, score: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#isBelow(right, child)) child = right;
      if (!isAbove(index, score, this.#indexes[child] ?? 0, this.#scores[child] ?? 0)) break;
      this.#put(place, this.#indexes[child] ?? 0, this.#scores[child] ?? 0);
      place = child;
    }
    this.#put(place, index, score);
  }

  #isBelow(a: number, b: number): boolean {
    return isAbove(this.#indexes[b] ?? 0, this.#scores[b] ?? 0, this.#indexes[a] ?? 0, this.#scores[a] ?? 0);
  }

  #put(place: number, index: number, score: number): void {
    this.#indexes[place] = index;
    this.#scores[place] = score;
  }
}

/** Whether the first comes before the second in the result; of equal scores the lower index does. */
function isAbove(index: number, score: number, otherIndex: number, otherScore: number): boolean {
  return score > otherScore || (score === otherScore && index < otherIndex);
}
