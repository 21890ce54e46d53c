export { iibFastify } from './mount/fastify-plugin.ts';
