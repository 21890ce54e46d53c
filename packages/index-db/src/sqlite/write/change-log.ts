import { type IndexChange, maxPathsPerChange, type PathChange } from '@iib-kit/catalog';

type ImageEvent = 'added' | 'changed' | 'removed';

function* slices<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += maxPathsPerChange) {
    yield values.slice(start, start + maxPathsPerChange);
  }
}

/** Gathers what a transaction changes, and tells it once the transaction is committed; nothing while nobody asks. */
export class ChangeLog {
  #tell: ((change: IndexChange) => void) | undefined;
  /** What happened last to the image at each path. */
  readonly #images = new Map<string, ImageEvent>();
  readonly #moved: PathChange[] = [];
  readonly #tags = new Set<number>();
  readonly #tagged = new Map<number, Set<string>>();
  readonly #marked = new Set<string>();

  /** Whether anybody asks; what has to be looked up for the log alone need not be otherwise. */
  get isFollowed(): boolean {
    return this.#tell !== undefined;
  }

  /** Tells changes to this function from the next transaction on, or to nobody. */
  follow(tell: ((change: IndexChange) => void) | undefined): void {
    this.#tell = tell;
  }

  image(event: ImageEvent, path: string): void {
    if (!this.isFollowed) return;
    const last = this.#images.get(path);
    // One that another took the place of has changed; one that came and went within the transaction was never there.
    if (event === 'added' && last === 'removed') this.#images.set(path, 'changed');
    else if (event === 'removed' && last === 'added') this.#images.delete(path);
    else if (event !== 'changed' || last !== 'added') this.#images.set(path, event);
  }

  moved(from: string, to: string): void {
    if (!this.isFollowed) return;
    // What was at the new path is replaced, which the move says by itself.
    this.#images.delete(to);
    this.#moved.push({ from, to });
  }

  /** A tag itself is another than before, new, or gone. */
  tag(tagId: number): void {
    if (this.isFollowed) this.#tags.add(tagId);
  }

  /** A tag was given to an image or taken from it. */
  tagged(tagId: number, path: string): void {
    if (!this.isFollowed) return;
    const paths = this.#tagged.get(tagId) ?? new Set();
    this.#tagged.set(tagId, paths.add(path));
  }

  marked(path: string): void {
    if (this.isFollowed) this.#marked.add(path);
  }

  /** Tells what was gathered; must follow every commit. */
  flush(): void {
    const tell = this.#tell;
    if (tell !== undefined) for (const change of this.#changes()) tell(change);
    this.discard();
  }

  /** Forgets what was gathered, after a transaction that was rolled back. */
  discard(): void {
    this.#images.clear();
    this.#moved.length = 0;
    this.#tags.clear();
    this.#tagged.clear();
    this.#marked.clear();
  }

  *#changes(): Generator<IndexChange> {
    const none = { kind: 'images', added: [], changed: [], removed: [], moved: [] } as const;
    for (const moved of slices(this.#moved)) yield { ...none, moved };
    for (const events of slices([...this.#images])) {
      const of = (wanted: ImageEvent): string[] =>
        events.filter(([, event]) => event === wanted).map(([path]) => path);
      yield { ...none, added: of('added'), changed: of('changed'), removed: of('removed') };
    }
    for (const tagIds of slices([...this.#tags])) yield { kind: 'tags', tagIds };
    for (const [tagId, paths] of this.#tagged) {
      for (const some of slices([...paths])) yield { kind: 'tags', paths: some, tagIds: [tagId] };
    }
    for (const paths of slices([...this.#marked])) yield { kind: 'annotations', paths };
  }
}
