import { api } from '@iib-kit/contract';

import { accessDuring } from '../access/access-during.ts';
import { clientAddress } from '../http/security/client-address.ts';
import { hostsOrDefault } from '../http/security/origin-check.ts';
import { secretKeyCheck, type KeyCheck } from '../http/security/secret-key.ts';
import { WrongKeys } from '../http/security/wrong-keys.ts';
import { adoptIibRules } from '../library/auto-tag-rules.ts';
import { composeContext } from './compose-context.ts';
import { detailOf, renderersOf } from '../dialects/dialect.ts';
import { mayWrite } from '../ports/access-permission.ts';
import { errorCode } from '../ports/error-code.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { bodyBudget } from '../http/body/body-budget.ts';
import { createDispatch, type PageHandler } from '../http/dispatch.ts';
import type { Reply } from '../http/reply.ts';
import { routeTable } from '../http/route-table.ts';
import type { ImageIndex } from '@iib-kit/catalog';
import { startHousekeeping } from './housekeeping.ts';
import { watchLibrary } from '../library/library-watch.ts';
import type { Library } from '../library/library.ts';
import type { ServiceLimits } from '../options/limits.ts';
import { closeResources, type ServiceResources } from './service-resources.ts';
import { handlers } from '../routes/handlers.ts';
import { resolveServiceOptions, type IibOptions, type ServiceOptions } from '../options/service-options.ts';
import { openDefaultIndex, type ServedIndex } from './open-default-index.ts';
import { framingOrigins, servicePages } from './service-pages.ts';
import { warnOfLostIndex } from './warn-of-lost-index.ts';

/** The API without a framework: answers requests and holds the index until it is closed. */
export interface IibService {
  /** URL path that the API sits below; `''` for none. */
  readonly base: string;
  readonly library: Library;
  /** What it takes on at most. */
  readonly limits: ServiceLimits;
  /** Answers a request, also with an error; undefined when its path is none of the API's. Never throws. */
  handle(request: ApiRequest): Promise<Reply | undefined>;
  /** Ends runs and workers and closes the index. Further calls do nothing. */
  close(): Promise<void>;
}

/**
 * Opens the index and all that the API needs. Without `secretKey` or `hosts` it answers to the host names of loopback only.
 * @throws TypeError or RangeError naming an option that is wrong; `IndexError` for a database that cannot be opened
 */
export async function openService(options: IibOptions = {}): Promise<IibService> {
  const resolved = resolveServiceOptions(options);
  const pages = await servicePages(resolved);
  const index = await openConfiguredIndex(resolved);
  const opened: ServiceResources = { index };
  try {
    return await composeService(resolved, { index, pages, opened });
  } catch (error) {
    // Why it could not be opened is what counts.
    await closeResources(opened).catch(() => {});
    throw error;
  }
}

async function openConfiguredIndex(options: ServiceOptions): Promise<ServedIndex> {
  const { index, dbPath, exclude, regexpTimeoutMs, orphanedAnnotationsDays } = options;
  if (typeof index === 'function') return index();
  return index ?? openDefaultIndex(dbPath, { exclude, regexpTimeoutMs, orphanedAnnotationsDays });
}

function keyCheck({ secretKey, limits, log }: ServiceOptions): KeyCheck | undefined {
  if (secretKey === undefined) return undefined;
  return secretKeyCheck(secretKey, {
    wrongKeys: new WrongKeys(limits),
    onTooMany: (address) => log.warn({ address }, 'too many wrong keys'),
  });
}

async function composeService(
  options: ServiceOptions,
  { index, pages, opened }: { index: ServedIndex; pages: PageHandler; opened: ServiceResources },
): Promise<IibService> {
  const context = await composeContext(options, index, opened);
  const handle = createDispatch({
    routes: routeTable(api, handlers, renderersOf(options.dialect, options.timeZone)),
    detailOf: detailOf(options.dialect),
    pages,
    context,
    perRequest: { access: ({ signal }) => accessDuring(signal, context.access) },
    framedBy: framingOrigins(options),
    origins: { allowCors: options.allowCors, hosts: hostsOrDefault(options) },
    checkKey: keyCheck(options),
    language: options.language,
    clientAddress: clientAddress(options.trustedProxies),
    bodyBudget: bodyBudget(options.limits),
    requestsAtOnce: options.limits.requestsAtOnce,
  });
  const { library } = context;
  // Before anything that an update puts into it.
  await warnOfLostIndex(index, options.log);
  context.backups.start();
  if (mayWrite(options.permission)) void adoptRules(index, options);
  if (mayWrite(options.permission)) opened.housekeeping = startHousekeeping(context);
  if (options.watch) opened.watch = watchLibrary({ library, index, log: options.log });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeResources(opened));
  return { base: options.base, library, limits: options.limits, handle, close };
}

/** In the background: there may be a million images to apply them to. */
async function adoptRules(index: ImageIndex, { log, language }: ServiceOptions): Promise<void> {
  try {
    for (const reason of await adoptIibRules(index))
      log.warn({ reason: reason.in(language) }, 'an auto-tag rule cannot be used and is passed over');
  } catch (error) {
    if (errorCode(error) !== 'closed')
      log.warn({ err: error }, 'the auto-tag rules of the database are not applied');
  }
}
