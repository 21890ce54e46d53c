export { iibRouter } from './mount/express-router.ts';
export type { ExpressRequest, ExpressRouter } from './mount/express-router.ts';
