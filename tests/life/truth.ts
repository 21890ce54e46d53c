/** A custom tag as its owner knows it, whatever its name was before. */
export interface OwnTag {
  readonly id: number;
  name: string;
}

/** What is known of one picture, wherever it is. */
export interface Picture {
  path: string;
  /** The text that the owner wrote in place of the file's. */
  edited: string | undefined;
  rating: number;
  note: string;
  readonly tags: Set<OwnTag>;
  /** Whether another file had the same content: what vanishes then could be either. */
  hasTwin: boolean;
  where: 'here' | 'trash' | 'away';
}

/** What a picture must be said to have. */
export interface Marks {
  readonly path: string;
  readonly tags: readonly string[];
  readonly rating: number;
  readonly note: string;
  /** The text that the owner wrote; empty for none. */
  readonly infotext: string;
}

/** What the library must hold, kept beside the server. */
export class Truth {
  readonly pictures = new Set<Picture>();
  readonly tags = new Set<OwnTag>();
  /** Entries of the trash with what lies in them. */
  readonly trash = new Map<string, readonly Picture[]>();

  add(path: string, like: Partial<Picture> = {}): Picture {
    const picture: Picture = {
      edited: undefined,
      rating: 0,
      note: '',
      tags: new Set(),
      hasTwin: false,
      ...like,
      path,
      where: 'here',
    };
    this.pictures.add(picture);
    return picture;
  }

  here(): Picture[] {
    return [...this.pictures].filter(({ where }) => where === 'here');
  }

  /** Those that lie in a folder, at any depth. */
  below(folder: string): Picture[] {
    return this.here().filter(({ path }) => path.startsWith(`${folder}/`));
  }

  at(path: string): Picture | undefined {
    return this.here().find((picture) => picture.path === path);
  }

  /** Every picture that carries one tag carries another instead, wherever it is. */
  replaceTag(old: OwnTag, next: OwnTag | undefined): void {
    this.tags.delete(old);
    for (const { tags } of this.pictures) {
      if (tags.delete(old) && next !== undefined) tags.add(next);
    }
  }

  /** Of each picture that is here and has any, by path. */
  marks(): Map<string, Marks> {
    const marked = this.here().filter(isMarked);
    return new Map(
      marked.map(({ path, tags, rating, note, edited = '' }) => [
        path,
        { path, tags: [...tags].map(({ name }) => name).sort(), rating, note, infotext: edited },
      ]),
    );
  }
}

function isMarked({ tags, rating, note, edited }: Picture): boolean {
  return tags.size > 0 || rating > 0 || note !== '' || edited !== undefined;
}
