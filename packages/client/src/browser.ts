export { ApiError, isApiError } from './api-error.ts';
export type { ApiErrorCode } from './api-error.ts';
export type { ByteRange, CallOptions, MediaCallOptions } from './call-options.ts';
export { ClientError, isClientError } from './client-error.ts';
export type { ClientErrorCode } from './client-error.ts';
export type { Client } from './client.ts';
export type { ClientOptions, Dialect, RetryOptions } from './client-options.ts';
export type { MediaResponse } from './media-response.ts';
export { createClient } from './browser/create-client.ts';
