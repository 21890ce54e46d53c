export { iibHandler } from './mount/web-handler.ts';
export type { WebHandlerOptions } from './mount/web-handler.ts';
