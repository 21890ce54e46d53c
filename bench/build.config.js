/** @type {import('../scripts/build/bundle.js').PackageBuild} */
export default {
  entry: {
    main: 'main.ts',
    'index-library': 'indexing/index-library.ts',
    'serve-library': 'hello/serve-library.ts',
    'load-process': 'serve/load-process.ts',
    'server-under-load': 'serve/server-under-load.ts',
    'stand-in-model': 'clustering/stand-in-model.ts',
  },
};
