import { channel } from 'node:diagnostics_channel';

/**
 * The moments between which a file operation can be interrupted, published as `{ step, path }` just after each,
 * for tests that kill the process there. Internal: steps come and go between versions.
 */
const steps = channel('iib-kit:file-operations:step');

export type OperationStep =
  | 'journal-written'
  | 'journal-noted'
  | 'journal-cleared'
  | 'trash-prepared'
  | 'linked'
  | 'renamed'
  | 'copied'
  | 'placed'
  | 'source-removed'
  | 'removed'
  | 'index-told'
  | 'tidied'
  | 'organize-saved'
  | 'organize-noted';

export function publishStep(step: OperationStep, path: string): void {
  if (steps.hasSubscribers) steps.publish({ step, path });
}
