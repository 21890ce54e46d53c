import type { Plugin } from 'vite';

/**
 * Leaves the schemas of the contract out. The client loads them to check answers, which the application does not ask
 * of it: the server that answers is the one that the page came from. Types are not concerned.
 */
export function withoutSchemas(): Plugin {
  const id = '\0no-schemas';
  return {
    name: 'without-schemas',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source) => (source === '@iib-kit/contract' ? id : undefined),
    load: (loaded) =>
      loaded === id
        ? "throw new Error('the schemas of the contract are not part of the application');"
        : undefined,
  };
}
