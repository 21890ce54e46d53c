import { ApiError, ClientError } from '@iib-kit/client/browser';

import { t } from '../../i18n/translate.ts';

/** An error message for the user. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return describeRefusal(error);
  if (error instanceof ClientError) return describeFailure(error);
  return t('error.unexpected', { detail: error instanceof Error ? error.message : String(error) });
}

function describeRefusal({ status, detail, message }: ApiError): string {
  if (status === 401) return t('session.title');
  if (status === 403) return t(isReadOnly(detail) ? 'error.readOnly' : 'error.forbidden');
  if (status === 404) return t('error.notFound');
  if (status === 429) return t('error.busy');
  return t('error.refused', { detail: typeof detail === 'string' ? detail : message });
}

function isReadOnly(detail: unknown): boolean {
  return typeof detail === 'string' && /read-write|读写/.test(detail);
}

function describeFailure({ code, message }: ClientError): string {
  switch (code) {
    case 'unreachable':
    case 'interrupted':
      return t('error.unreachable');
    case 'timeout':
      return t('error.timeout');
    default:
      return t('error.unexpected', { detail: message });
  }
}
