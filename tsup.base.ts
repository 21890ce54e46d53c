import { defineConfig, type Options } from 'tsup';

/** The build that every package shares: ESM for Node 20, source maps, types. */
export function packageBuild(options: Options) {
  return defineConfig({
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    clean: true,
    silent: true,
    // TypeScript 6 refuses an option that tsup 8 still passes to its declaration build.
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...options,
  });
}
