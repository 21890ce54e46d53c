import type { api, ErrorBody } from '@iib-kit/contract';

import { dateTextIn } from './date-text.ts';
import { iibWeb } from './iib-web.ts';
import { webDetail } from './iib-web-shapes.ts';
import type { Renderers } from '../http/renderers.ts';

/** `reference`: as the API reference and the OpenAPI document say; `iib-web`: as the front end of IIB reads it. */
export const dialects = ['reference', 'iib-web'] as const;
export type Dialect = (typeof dialects)[number];

/** How a dialect writes answers. `timeZone` is that of dates as text. */
export function renderersOf(dialect: Dialect, timeZone: string | undefined): Renderers<typeof api> {
  switch (dialect) {
    case 'reference':
      return {};
    case 'iib-web':
      return iibWeb(dateTextIn(timeZone));
    default:
      return dialect satisfies never;
  }
}

/** How a dialect writes the `detail` of a refusal. */
export function detailOf(dialect: Dialect): (detail: ErrorBody['detail']) => ErrorBody['detail'] {
  return dialect === 'iib-web' ? webDetail : (detail) => detail;
}
