import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  entry: { index: 'src/index.ts', 'render-child': 'src/render/render-child.ts' },
  dts: { entry: { index: 'src/index.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
  // tsup leaves out dependencies and peers, but would bundle an optional dependency.
  external: [/^node-av/u],
});
