// node scripts/api-reference.js: writes a reference of the public types as web pages to docs/reference, which
// git leaves alone; a warning is a failure.
import { join } from 'node:path';

import { Application, ReflectionKind } from 'typedoc';

import { publishedPackages, root } from './published-packages.js';

const entries = publishedPackages().flatMap((one) => one.entries);
const app = await Application.bootstrap({
  name: 'iib-kit',
  entryPoints: entries.map(({ types }) => types),
  tsconfig: join(root, 'scripts/tsconfig.reference.json'),
  readme: join(root, 'README.md'),
  out: join(root, 'docs/reference'),
  disableSources: true,
  // What Node's own classes bring in is documented there.
  excludeExternals: true,
  // The types are checked elsewhere, and packages are checked to hold those of their dependencies.
  skipErrorChecking: true,
  includeVersion: true,
  githubPages: false,
  logLevel: 'Warn',
  validation: { notExported: false, invalidLink: true, invalidPath: false, notDocumented: false },
});
const project = await app.convert();
if (project) {
  const names = new Map(entries.map(({ types, specifier }) => [types, specifier]));
  for (const reflection of project.getReflectionsByKind(ReflectionKind.Module)) {
    const file = project.getSymbolIdFromReflection(reflection)?.fileName ?? '';
    reflection.name = names.get(file) ?? reflection.name;
  }
  app.validate(project);
  await app.generateOutputs(project);
}
const failures = app.logger.warningCount + app.logger.errorCount;
process.exitCode = project && failures === 0 ? 0 : 1;
