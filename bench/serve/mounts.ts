/** Ways to serve: the program's, and inside each framework. */
export const mounts = ['alone', 'fastify', 'express'] as const;
export type Mount = (typeof mounts)[number];
