export { ApiError } from './api-error.ts';
export { ClientError } from './client-error.ts';
export type { ClientErrorCode } from './client-error.ts';
export type { ClientOptions } from './client-options.ts';
export { createClient } from './create-client.ts';
export type { Client } from './create-client.ts';
export type { MediaResponse } from './media-response.ts';
export type { CallOptions } from './send-request.ts';
