import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  entry: { index: 'src/index.ts', browser: 'src/browser.ts', iibctl: 'src/cli/bin.ts' },
  dts: {
    entry: { index: 'src/index.ts', browser: 'src/browser.ts' },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
});
