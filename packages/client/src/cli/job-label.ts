import type { Job } from '@iib-kit/contract';

/** What a job is at, in a few words: `index: reading 1,200 of 5,000`. */
export function jobLabel({ kind, stage, progress_detail: detail }: Job): string {
  const { done, total } = detail;
  const counts =
    typeof done === 'number' && typeof total === 'number' && total > 0
      ? ` ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
      : '';
  return `${kind}: ${stage}${counts}`;
}
