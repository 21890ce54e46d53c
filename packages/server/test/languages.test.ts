import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';
import { expect, test } from 'vitest';

/** Functions that take both languages. */
const textMakers = new Set(['text', 'ofPath']);

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** Both arguments of every `text('...', '...')` in a file, as they are written. */
function textsIn(file: string, code: string): { readonly en: string; readonly zh: string }[] {
  const found: { en: string; zh: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      textMakers.has(node.expression.text)
    ) {
      const [en, zh] = node.arguments;
      if (en !== undefined && zh !== undefined) found.push({ en: en.getText(), zh: zh.getText() });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true));
  return found;
}

test('every text is in English first and in Chinese second', async () => {
  const files = (await readdir(source, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const texts = await Promise.all(
    files.map(async (name) => textsIn(name, await readFile(path.join(source, name), 'utf8'))),
  );
  const all = texts.flat();
  // Full-width signs too: some are made of names with a colon between.
  const isChinese = (code: string): boolean => /[\p{Script=Han}\uFF00-\uFFEF]/u.test(code);
  const isWritten = (code: string): boolean => /^['`]/.test(code);
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ en, zh }) => isWritten(en) && (isChinese(en) || !isChinese(zh)))).toEqual([]);
});
