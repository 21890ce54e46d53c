import type { FolderRange } from '@iib-kit/catalog/text';
import type { Prefilter } from './prefilter.ts';
import type { RowFilter } from './row-filter.ts';

/** A search, however it was spelled: what its matches meet, and what finds few others beside them. */
export interface SearchPlan {
  readonly filter: RowFilter;
  readonly prefilter?: Prefilter | undefined;
  /** Every match is in one of these folders; undefined for anywhere. `filter` says so as well. */
  readonly ranges?: readonly FolderRange[] | undefined;
}
