// The renderer is a process of its own, started by URL.
/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default { entry: { index: 'src/index.ts', 'render-child': 'src/render/render-child.ts' } };

const benchScripts = ['main', 'make-pictures', 'start', 'cold', 'warm', 'memory'];
/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export const bench = {
  entry: Object.fromEntries(benchScripts.map((name) => [name, `bench/${name}.ts`])),
  outdir: 'bench/dist',
};
