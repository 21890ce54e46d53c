import { packageBuild } from '../../../tsup.base.ts';

const scripts = ['main', 'make-pictures', 'start', 'cold', 'warm', 'memory'];

export default packageBuild({
  entry: Object.fromEntries(scripts.map((name) => [name, `bench/${name}.ts`])),
  outDir: 'bench/dist',
  external: ['@iib-kit/thumbnails'],
  dts: false,
});
