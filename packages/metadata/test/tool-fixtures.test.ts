import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generators, parseInfotext, readMetadata, readMetadataSync, toInfotext } from '../src/index.ts';
import { type ToolFixture, toolFixtures } from './helpers/tool-fixtures.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iib-kit-tools-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads a fixture as it would lie in a folder. */
async function read({ file, sidecar }: ToolFixture) {
  if (sidecar === undefined) return readMetadataSync(file);
  const inner = await mkdtemp(join(folder, 'x'));
  await writeFile(join(inner, 'picture.png'), file);
  await writeFile(join(inner, sidecar.name.replace('{stem}', 'picture')), sidecar.text);
  return readMetadata(join(inner, 'picture.png'));
}

const cases = toolFixtures.map(
  (fixture, index) => [fixture.tool, fixture.place, index % 3, fixture] as const,
);

test.each(cases)(
  '%s in %s (%i): its generator, prompt and seed, and the same back from its infotext',
  async (_tool, place, _number, fixture) => {
    const metadata = await read(fixture);
    expect(metadata).toMatchObject({ generator: fixture.tool, warnings: [] });
    expect(metadata.generation?.prompt).toBe(fixture.prompt);
    expect(metadata.generation?.seed).toBe(fixture.seed);
    if (place !== 'pixels' && place !== 'sidecar') expect(metadata.container).toBe(place);
    expect(parseInfotext(toInfotext(metadata))).toEqual({
      generator: fixture.tool,
      generation: metadata.generation,
    });
  },
);

test('every tool has at least three fixtures that differ', () => {
  const files = filesByTool();
  // `custom` is what others give for generators of their own.
  expect([...files.keys()].sort()).toEqual(generators.filter((name) => name !== 'custom').sort());
  expect([...files].filter(([, { size }]) => size < 3)).toEqual([]);
});

function filesByTool(): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const { tool, file, sidecar } of toolFixtures) {
    const content = Buffer.from(file).toString('base64') + (sidecar?.text ?? '');
    files.set(tool, (files.get(tool) ?? new Set()).add(content));
  }
  return files;
}
