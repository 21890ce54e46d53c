import type { IncomingMessage } from 'node:http';

import type { FastifyInstance } from 'fastify';

import { iibRouter, type ExpressRouter } from './express-router.ts';
import { iibFastify } from './fastify-plugin.ts';
import { openService, type IibService } from '../service/iib-service.ts';
import { resolveServiceOptions, type IibOptions } from '../options/service-options.ts';

/** What is used of an Express 4 or 5 application or router. */
interface ExpressHost {
  use(handler: ExpressRouter): unknown;
}

/** What is looked at of a Fastify 5 instance. Its own type would ask for Fastify where Express is used. */
interface FastifyHost {
  readonly version: string;
  readonly register: (...parameters: never[]) => unknown;
  readonly addHook: (...parameters: never[]) => unknown;
}

/** An application that the API can be added to: Express 4 or 5, or Fastify 5. */
export type HostApp = ExpressHost | FastifyHost;

/** The API for applications of others: one index, added to as many of them as you like. */
export class AppUtils {
  readonly #options: IibOptions;
  readonly #base: string;
  #service: Promise<IibService> | undefined;

  /** @throws TypeError or RangeError naming an option that is wrong */
  constructor(options: IibOptions = {}) {
    this.#options = { ...options };
    this.#base = resolveServiceOptions(options).base;
  }

  /**
   * Adds the API to an application, below its base path; everything else of the application stays as it is. Where it
   * comes in the order of an Express application is decided at once; the promise resolves when the index is open.
   * @throws TypeError for what is no such application; what `openService` throws
   */
  async wrapApp(app: HostApp): Promise<IibService> {
    const mount = mountOf(app);
    const service = (this.#service ??= openService(this.#options));
    mount(service, this.#base);
    return service;
  }

  /** Ends runs and workers and closes the index. Further calls do nothing. */
  async close(): Promise<void> {
    const service = await this.#service?.catch(() => undefined);
    await service?.close();
  }
}

/** Adds the API to an application, in one call: `new AppUtils(options).wrapApp(app)`. The service is yours to close. */
export function wrapApp(app: HostApp, options: IibOptions = {}): Promise<IibService> {
  return new AppUtils(options).wrapApp(app);
}

type Mount = (service: Promise<IibService>, base: string) => void;

/** By shape, not class: the application comes from the host's own copy of its framework, which need not be ours. */
function mountOf(app: HostApp): Mount {
  if (isFastify(app)) {
    if (!app.version.startsWith('5.')) throw new TypeError(`wrapApp needs Fastify 5, not ${app.version}`);
    return (service) => mountInFastify(app, service);
  }
  if (isExpress(app)) return (service, base) => mountInExpress(app, service, base);
  throw new TypeError('wrapApp takes an Express 4 or 5 application or a Fastify 5 instance');
}

function isFastify(app: HostApp): app is FastifyHost {
  return hasMethods(app, 'register', 'addHook') && 'version' in app && typeof app.version === 'string';
}

function isExpress(app: HostApp): app is ExpressHost {
  return typeof app === 'function' && hasMethods(app, 'use', 'handle');
}

function hasMethods(value: unknown, ...names: string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === 'function');
}

function mountInFastify(app: FastifyHost, service: Promise<IibService>): void {
  // A failure reaches the host twice: from the promise of `wrapApp` and from its own `ready`.
  const instance = app as unknown as FastifyInstance;
  void instance.register(async (child) => iibFastify(child, { service: await service }));
}

function mountInExpress(app: ExpressHost, service: Promise<IibService>, base: string): void {
  let router: ExpressRouter | undefined;
  const opened = service.then((open) => (router = iibRouter(open)));
  opened.catch(() => {});
  app.use((request, response, next) => {
    if (router !== undefined) return router(request, response, next);
    if (!isBelow(request, base)) return next();
    return void opened.then((ready) => ready(request, response, next), next);
  });
}

function isBelow({ url = '/' }: IncomingMessage, base: string): boolean {
  return url.startsWith(base) && ['/', '?', undefined].includes(url[base.length]);
}
