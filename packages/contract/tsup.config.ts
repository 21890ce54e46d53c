import { packageBuild } from '../../tsup.base.ts';
import { api } from './src/api.ts';
import { routesOf } from './src/routes-of.ts';

const pathTemplate = "export { fillPath, pathParameters } from './path-template.ts';";

export default packageBuild({
  entry: ['src/index.ts', 'src/routes.ts'],
  esbuildPlugins: [
    {
      name: 'routes-as-data',
      setup(build) {
        build.onLoad({ filter: /[\\/]routes\.ts$/ }, () => ({
          contents: `${pathTemplate}\nexport const routes = ${JSON.stringify(routesOf(api))};`,
        }));
      },
    },
  ],
});
