import * as catalog from '@iib-kit/catalog/vocabulary';

// Those of the index, whose package users of the contract do not install: the build writes them out.
export const querySorts = catalog.querySorts;
export const completionFields = catalog.completionFields;
export const mediaTypes = catalog.mediaTypes;
export const autoTagFields = catalog.autoTagFields;
export const autoTagOperators = catalog.autoTagOperators;
export const extraPathTypes = catalog.extraPathTypes;

export const jobStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

export type QuerySort = (typeof querySorts)[number];
export type CompletionField = (typeof completionFields)[number];
export type ExtraPathType = (typeof extraPathTypes)[number];
export type JobStatus = (typeof jobStatuses)[number];
