import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Core from '../src/core.ts';
import { readMetadataSync } from '../src/core.ts';
import { toolFixtures } from './helpers/tool-fixtures.ts';

declare global {
  // The bundle puts the core there.
  // oxlint-disable-next-line no-var, vars-on-top -- only `var` declares a member of globalThis
  var core: typeof Core;
}

let browser: Browser;
let script = '';

beforeAll(async () => {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const bundle = await build({
    stdin: { contents: `export * from '@iib-kit/metadata';`, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'core',
    platform: 'browser',
    // As users bundle it: the paths of our tsconfig.json lead to the sources.
    tsconfigRaw: '{}',
  });
  script = bundle.outputFiles[0]?.text ?? '';
});

afterAll(() => browser.close());

test('the main entry resolves to the core in a browser, and says the same there of a file of every tool', async () => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.addScriptTag({ content: script });
  const files = toolFixtures.filter(({ place }) => place !== 'sidecar' && place !== 'jxl');
  expect(files.length).toBeGreaterThan(200);
  const seen = await page.evaluate(
    async (encoded) => {
      const decode = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const results: unknown[] = [];
      for (const text of encoded) {
        const metadata = await globalThis.core.readMetadata(new Blob([decode(text)]));
        results.push(JSON.parse(JSON.stringify(metadata)));
      }
      return results;
    },
    files.map(({ file }) => Buffer.from(file).toString('base64')),
  );
  files.forEach(({ tool, place, file }, index) => {
    const here: unknown = JSON.parse(JSON.stringify(readMetadataSync(file)));
    expect([tool, place, seen[index]]).toEqual([tool, place, here]);
  });
  expect(problems).toEqual([]);
});

test('a picture is written and stripped in a browser, and its canvas draws it', async () => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: script });
  // As a text, since the globals of browsers have no types here.
  const result: unknown = await page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(20, 10);
    canvas.getContext('2d').fillRect(0, 0, 5, 5);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const written = core.writeMetadata(bytes, 'a cat 猫\\nSteps: 9, Seed: 5');
    const drawn = await createImageBitmap(new Blob([written]));
    const { generation, width } = await core.readMetadata(written);
    const stripped = await core.readMetadata(core.stripMetadata(written));
    return { prompt: generation.prompt, width, drawn: drawn.width, left: stripped.embedded.length };
  })()`);
  expect(result).toEqual({ prompt: 'a cat 猫', width: 20, drawn: 20, left: 0 });
});
