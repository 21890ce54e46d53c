import { packageBuild } from './scripts/build/bundle.js';
import { workspaces } from './scripts/build/workspaces.js';

/** What each package is built from, and the setting of the build itself. */
const packages = await Promise.all(
  workspaces()
    .filter(({ path }) => path.startsWith('packages/') || path === 'bench')
    .map(async (workspace) => {
      const builds = [await packageBuild(workspace, 'default'), await packageBuild(workspace, 'bench')];
      const entry = builds.flatMap((build) => Object.values(build?.entry ?? {}));
      // knip knows benchmarks by their ending.
      const named = entry.filter((file) => !file.endsWith('.bench.ts'));
      return [workspace.path, named.length === 0 ? {} : { entry: [...named, 'build.config.js'] }];
    }),
);

/** @type {import('knip').KnipConfig} */
export default {
  ignoreExportsUsedInFile: true,
  ignoreBinaries: ['ffmpeg', 'fusermount3', 'mkfifo', 'mount', 'umount', 'unshare'],
  // They are there to be imported by whoever has them.
  exclude: ['optionalPeerDependencies'],
  // Spread into the methods of a reader thread, by all of their names.
  ignoreIssues: { 'packages/index-db/src/sqlite/read/lookups/annotations.ts': ['exports'] },
  workspaces: {
    '.': { entry: ['.ci/*.js', 'scripts/*.js', 'scripts/mutation/{note-hits,vitest.config}.js'] },
    ...Object.fromEntries(packages),
    // Tests build them and start them by name.
    'packages/threads': { entry: ['test/helpers/*-worker.ts'] },
    'examples/*': {},
    'examples/web-handler': { entry: ['app/**/route.js'] },
    tests: { ignore: ['packed-consumer/app/**'] },
  },
};
