import { joinSegments } from './join-segments.ts';
import type { TracedConditioning } from '../trace/trace-conditioning.ts';

/** One text of what reaches a side. What cannot be known of a part makes the whole unknown. */
export function promptOf(traced: TracedConditioning): string | undefined {
  if (traced.unresolved.length > 0) return undefined;
  return joinSegments(traced.segments) ?? (traced.empty === 'zeroed' ? '' : undefined);
}
