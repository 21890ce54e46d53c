import { readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { root } from './documents.ts';

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

/** One way into a package, with what it exports. */
export interface EntryPoint {
  /** Such as `@iib-kit/server/express`. */
  readonly specifier: string;
  readonly folder: string;
  /** Values and types, in the order of the alphabet. */
  readonly names: readonly string[];
}

/** What each entry of these packages exports, by the types that its users get. */
export function entryPoints(folders: readonly string[]): EntryPoint[] {
  const entries = folders.flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as Manifest;
    return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
      const types = typeof target === 'string' ? undefined : target.types;
      if (types === undefined) return [];
      const specifier = path.posix.join(manifest.name, subpath);
      return [{ specifier, folder, file: path.join(root, folder, types) }];
    });
  });
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: ['node'], skipLibCheck: true },
  );
  const checker = program.getTypeChecker();
  return entries.map(({ specifier, folder, file }) => {
    const source = program.getSourceFile(file);
    const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (symbol === undefined) throw new Error(`${specifier} has no types: build it`);
    const names = checker.getExportsOfModule(symbol).map(({ name }) => name);
    return { specifier, folder, names: names.sort() };
  });
}
