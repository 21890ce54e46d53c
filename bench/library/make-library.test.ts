import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import extractChunks from 'png-chunks-extract';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { imageBytes } from './images/image-bytes.ts';
import { libraryRows, type LibraryRow } from './library-rows.ts';
import { makeLibrary } from './make-library.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-library-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function digest(root: string): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = statSync(join(root, path));
    hash.update(path);
    if (stat.isFile()) hash.update(readFileSync(join(root, path))).update(String(stat.mtimeMs));
  }
  return hash.digest('hex');
}

function firstRow(accepts: (row: LibraryRow) => boolean): LibraryRow {
  for (const row of libraryRows({ images: 3_000 })) if (accepts(row)) return row;
  throw new Error('no such row');
}

test('the same seed writes the same files with the same times, another seed does not', () => {
  const made = ['a', 'b', 'c'].map((name) => join(folder, name));
  for (const [index, root] of made.entries()) makeLibrary(root, { images: 300, seed: index === 2 ? 8 : 7 });
  const [first, second, other] = made.map(digest);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
});

test('every image has a label, in the result and in the JSON file', () => {
  const labels = join(folder, 'labels.json');
  const library = makeLibrary(join(folder, 'root'), { images: 500, topics: 12, labels });
  const files = readdirSync(library.root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(png|jpg|webp)$/.test(path))
    .map((path) => path.replaceAll('\\', '/'));
  expect(files.sort()).toEqual([...library.labels.keys()].sort());
  expect(JSON.parse(readFileSync(labels, 'utf8'))).toEqual(Object.fromEntries(library.labels));
  const topics = new Set(library.labels.values());
  expect([...topics].every((topic) => topic === null || (topic >= 0 && topic < 12))).toBe(true);
  expect(topics.size).toBeGreaterThan(5);
});

test('a library is never written over another', () => {
  makeLibrary(folder, { images: 5 });
  expect(() => makeLibrary(folder, { images: 5 })).toThrow(expect.objectContaining({ code: 'EEXIST' }));
});

test.each(['png', 'jpeg', 'webp'] as const)(
  'a %s file decodes to the size that its row names',
  async (format) => {
    const row = firstRow((candidate) => candidate.format === format);
    const { data, info } = await sharp(imageBytes(row)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([row.width, row.height]);
    expect(data.length).toBe(row.width * row.height * info.channels);
  },
);

test.each(['jpeg', 'webp'] as const)(
  'a %s file holds the parameters as UTF-16 in its EXIF comment',
  async (format) => {
    const row = firstRow((candidate) => candidate.format === format);
    const { exif } = await sharp(imageBytes(row)).metadata();
    const wanted = Buffer.from(row.prompt, 'utf16le').swap16();
    expect(exif?.includes(Buffer.concat([Buffer.from('UNICODE\0'), wanted]))).toBe(true);
  },
);

test('Chinese prompts are UTF-8 in an iTXt chunk of A1111 and escaped ASCII in the tEXt chunk of ComfyUI', () => {
  const isChinese = (row: LibraryRow) => row.format === 'png' && /\p{Script=Han}/u.test(row.prompt);
  const a1111 = firstRow((row) => isChinese(row) && row.generator === 'a1111');
  const comfy = firstRow((row) => isChinese(row) && row.generator === 'comfyui');
  const text = (row: LibraryRow, type: string) =>
    extractChunks(imageBytes(row)).find((chunk) => chunk.name === type)?.data ?? new Uint8Array();
  expect(Buffer.from(text(a1111, 'iTXt')).toString('utf8')).toContain(`parameters\0\0\0\0\0${a1111.prompt}`);
  const graph = Buffer.from(text(comfy, 'tEXt')).toString('latin1').replace('prompt\0', '');
  expect(JSON.parse(graph)['6'].inputs.text).toBe(comfy.prompt);
});

test('batches put several images into one second and their seeds follow one another', () => {
  const rows = [...libraryRows({ images: 2_000 })];
  const perSecond = new Map<number, LibraryRow[]>();
  for (const row of rows) {
    const second = Math.floor(row.mtimeMs / 1_000);
    perSecond.set(second, [...(perSecond.get(second) ?? []), row]);
  }
  const shared = [...perSecond.values()].filter((together) => together.length > 1);
  expect(shared.length).toBeGreaterThan(300);
  for (const together of shared) {
    const first = together[0]?.imageSeed ?? Number.NaN;
    expect(together.map((row) => row.imageSeed - first)).toEqual(together.map((_, index) => index));
  }
});

test('times only grow, file names never repeat and folders stay of plausible size', () => {
  const paths = new Set<string>();
  const perFolder = new Map<string, number>();
  let before = 0;
  for (const row of libraryRows({ images: 20_000 })) {
    expect(row.mtimeMs).toBeGreaterThan(before);
    before = row.mtimeMs;
    paths.add(`${row.folder}/${row.name}`);
    perFolder.set(row.folder, (perFolder.get(row.folder) ?? 0) + 1);
  }
  expect(paths.size).toBe(20_000);
  expect(Math.max(...perFolder.values())).toBeLessThanOrEqual(1_000);
});

test('few phrases make up much of the text and most phrases are rare', () => {
  const counts = new Map<string, number>();
  for (const row of libraryRows({ images: 5_000 })) {
    for (const phrase of row.prompt.split(', ')) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  const sorted = [...counts.values()].sort((a, b) => b - a);
  const total = sorted.reduce((sum, count) => sum + count, 0);
  const top = sorted.slice(0, 30).reduce((sum, count) => sum + count, 0);
  expect(top / total).toBeGreaterThan(0.25);
  expect(sorted.filter((count) => count <= 5).length / sorted.length).toBeGreaterThan(1 / 3);
});

test.each([{ images: 0 }, { images: 1.5 }, { images: 10, topics: 0 }])('%o is refused by name', (options) => {
  const [option] = Object.entries(options).find(([, value]) => value === 0 || !Number.isInteger(value)) ?? [
    '',
  ];
  expect(() => [...libraryRows(options)]).toThrow(new RegExp(`^${option} must be a whole number`));
});
