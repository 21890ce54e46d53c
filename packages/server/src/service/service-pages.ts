import { loadFrontEnd } from '../page/load-front-end.ts';
import type { PageHandler } from '../http/dispatch.ts';
import { frameAncestors } from '../http/security/security-headers.ts';
import { loadPages } from '../page/load-page.ts';
import type { ServiceOptions } from '../options/service-options.ts';

/** The front end that was asked for goes before our own page. */
export async function servicePages(options: ServiceOptions): Promise<PageHandler> {
  const { feDir, base } = options;
  const framedBy = framingOrigins(options);
  const own = await loadPages(framedBy);
  if (feDir === undefined) return own;
  const frontEnd = await loadFrontEnd(feDir, { base, framePolicy: frameAncestors(framedBy) });
  return async (request, context) => (await frontEnd(request, context)) ?? own(request, context);
}

/** Origins whose pages may show ours in a frame. */
export function framingOrigins({ exportFeFn, allowCors }: ServiceOptions): readonly string[] {
  return exportFeFn && typeof allowCors !== 'boolean' ? allowCors : [];
}
