import type { Life } from '../life.ts';

/** What an owner does on some days. Gives whether there was anything to do it with. */
export interface Deed {
  /** Days between two of them, on average. */
  readonly every: number;
  /** Whether the index must see it by itself: together with another, nobody could tell what happened. */
  readonly isAlone?: boolean;
  readonly run: (life: Life) => Promise<boolean>;
}
