import path from 'node:path';

import ts from 'typescript';

import { root } from './documents.ts';
import { placeInDocument, sourceOf, type Program } from './programs.ts';

const shared: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};
const options: Readonly<Record<Program['language'], ts.CompilerOptions>> = {
  ts: { ...shared, strict: true },
  // Readers of JavaScript have no annotations: what can be told without them is checked.
  js: { ...shared, allowJs: true, checkJs: true, strict: false, strictNullChecks: false },
};

/** What the compiler says against the programs, by their places, as users of the built packages would hear it. */
export function checkTypes(programs: readonly Program[]): ReadonlyMap<string, readonly string[]> {
  const errors = new Map<string, string[]>();
  for (const language of ['ts', 'js'] as const) {
    const files = new Map(
      programs
        .filter((program) => program.language === language)
        .map((program, position) => [
          // Not written anywhere; its folder decides where packages are looked for.
          path.join(root, 'tests', 'documents', `example-${position}.${language}`),
          program,
        ]),
    );
    for (const diagnostic of diagnose(files, options[language])) {
      const program = files.get(path.normalize(diagnostic.file?.fileName ?? ''));
      if (program === undefined) continue;
      const { line } = ts.getLineAndCharacterOfPosition(sourceFile(diagnostic), diagnostic.start ?? 0);
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
      const list = errors.get(program.place) ?? [];
      errors.set(program.place, [...list, `${placeInDocument(program, line)}: ${text}`]);
    }
  }
  return errors;
}

function sourceFile({ file }: ts.Diagnostic): ts.SourceFile {
  if (file === undefined) throw new Error('a diagnostic of no file');
  return file;
}

function diagnose(
  files: ReadonlyMap<string, Program>,
  compilerOptions: ts.CompilerOptions,
): readonly ts.Diagnostic[] {
  const host = ts.createCompilerHost(compilerOptions);
  const real = { ...host };
  const textOf = (name: string) => {
    const program = files.get(path.normalize(name));
    return program === undefined ? undefined : sourceOf(program);
  };
  host.fileExists = (name) => textOf(name) !== undefined || real.fileExists(name);
  host.readFile = (name) => textOf(name) ?? real.readFile(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = textOf(name);
    if (text === undefined) return real.getSourceFile(name, languageVersion, ...rest);
    return ts.createSourceFile(name, text, languageVersion, true);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], compilerOptions, host));
}
