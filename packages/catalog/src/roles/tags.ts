import type { CallOptions, ScopeOptions } from './call-options.ts';

export interface Tag {
  readonly id: number;
  readonly name: string;
  /** `custom`, or one of the automatic kinds such as `pos`, `lora`, `Model`. */
  readonly type: string;
  /** How many indexed images carry it now. */
  readonly count: number;
  /** Any CSS colour, or `''`. */
  readonly color: string;
  readonly score: number;
}

/** The tags that the user makes and gives to images. */
export interface Tags {
  /** Makes a custom tag, or gives the one of that name. */
  createTag(name: string, options?: CallOptions): Promise<Tag>;
  /** Idempotent; all or nothing. Throws `unknown-tag`, `not-indexed` (with the paths). */
  setTag(
    paths: readonly string[],
    tagId: number,
    action: 'add' | 'remove',
    options?: CallOptions,
  ): Promise<void>;
  /** Gives the tag, or takes it away where the image has it; says which. Throws `unknown-tag`, `not-indexed`. */
  toggleTag(path: string, tagId: number, options?: CallOptions): Promise<'add' | 'remove'>;
  /** Throws `unknown-tag`, and `name-taken` where another tag of the type has the name. */
  updateTag(tagId: number, change: { name?: string; color?: string }, options?: CallOptions): Promise<Tag>;
  /** Takes the tag from every image and removes it. Throws `unknown-tag`. */
  removeTag(tagId: number, options?: CallOptions): Promise<void>;
  /** Gives every image of a tag another one instead and removes the first. Throws `unknown-tag`. */
  mergeTags(tagId: number, into: number, options?: CallOptions): Promise<Tag>;
  /** Custom tags of each image; paths without any are left out. */
  tagsOf(paths: readonly string[], options?: ScopeOptions): Promise<ReadonlyMap<string, readonly Tag[]>>;
  /** The tags that exist among these ids. */
  tagsById(ids: readonly number[], options?: ScopeOptions): Promise<ReadonlyMap<number, Tag>>;
}
