/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default { entry: { index: 'src/index.ts' } };
