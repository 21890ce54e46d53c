import type { Plugin } from 'vite';

/**
 * Excludes the schemas of the contract from the build. The client loads them only to validate responses, which the
 * application turns off. Types are not affected.
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
