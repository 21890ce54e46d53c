import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFileSync, readMetadata, readMetadataSync } from '../src/index.ts';
import { buildPng, pngChunk } from '../test/helpers/build-png.ts';
import { pillowPng } from '../test/helpers/tool-files.ts';

const { values } = parseArgs({ options: { files: { type: 'string', default: '5000' } } });
const count = Number(values.files);
const folder = mkdtempSync(join(tmpdir(), 'iib-kit-head-only-'));

try {
  compareSizes();
  await measureSpeed();
} finally {
  rmSync(folder, { recursive: true });
}

function infotext(index: number): string {
  return `masterpiece, best quality, a cat number ${index} on a chair, <lora:soft:0.${index % 9}>, detailed background\nNegative prompt: lowres, bad anatomy, bad hands, text\nSteps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: ${index * 7919}, Size: 512x768, Model hash: 6ce0161689, Model: v1-5-pruned, Clip skip: 2, Lora hashes: "soft: 0123456789ab", Version: v1.6.0`;
}

/** What is read of a picture of 200 kB and of one of 20 MB, with pixels in chunks of 64 kB. */
function compareSizes(): void {
  for (const chunks of [3, 320]) {
    const pixels = Array.from({ length: chunks }, () => pngChunk('IDAT', new Uint8Array(65_536)));
    const head = pillowPng({ parameters: infotext(1) });
    const file = Buffer.concat([head.subarray(0, -12), ...pixels, buildPng().subarray(-12)]);
    const path = join(folder, `${chunks}.png`);
    writeFileSync(path, file);
    const reads: number[] = [];
    const source = openFileSync(path);
    readMetadataSync({
      size: source.size,
      read(position, length) {
        reads.push(length);
        return source.read(position, length);
      },
    });
    source.close();
    const bytes = reads.reduce((sum, length) => sum + length, 0);
    process.stdout.write(`${(file.length / 1e6).toFixed(1)} MB: ${bytes} bytes in ${reads.length} reads\n`);
  }
}

async function measureSpeed(): Promise<void> {
  const paths = Array.from({ length: count }, (_, index) => join(folder, `${index}.small.png`));
  paths.forEach((path, index) => {
    writeFileSync(path, pillowPng({ parameters: infotext(index) }));
  });
  const report = (name: string, start: number, files: number) => {
    const perSecond = Math.round((files / (performance.now() - start)) * 1000);
    process.stdout.write(`${name}: ${perSecond} files a second\n`);
  };
  for (let round = 1; round <= 4; round += 1) {
    const start = performance.now();
    for (const path of paths) readMetadataSync(path);
    report(`readMetadataSync, round ${round}`, start, count);
  }
  const start = performance.now();
  for (const path of paths) await readMetadata(path);
  report('readMetadata, one after another', start, count);
  const bare = performance.now();
  for (const path of paths) openAndRead(path);
  report('open, stat, one read and close alone', bare, count);
}

function openAndRead(path: string): void {
  const descriptor = openSync(path, 'r');
  fstatSync(descriptor);
  readSync(descriptor, Buffer.allocUnsafeSlow(16_384), 0, 16_384, 0);
  closeSync(descriptor);
}
