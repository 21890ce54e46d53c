import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readMetadata, readMetadataSync } from '../src/index.ts';
import { buildMp4 } from './helpers/build-iso.ts';
import { buildMatroska } from './helpers/build-matroska.ts';
import { buildPng, internationalTextChunk, textChunk } from './helpers/build-png.ts';
import { buildWebp } from './helpers/build-webp.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'iib-kit-sidecars-'));
});
afterEach(() => rm(folder, { recursive: true }));

const infotext = 'a cat 猫\nNegative prompt: bad\nSteps: 9, Seed: 5, Size: 8x8, Version: v1.9.0';

async function read(media: [name: string, bytes: Uint8Array], beside: Readonly<Record<string, string>>) {
  await writeFile(join(folder, media[0]), media[1]);
  for (const [name, text] of Object.entries(beside)) await writeFile(join(folder, name), text);
  const path = join(folder, media[0]);
  const metadata = await readMetadata(path);
  expect(readMetadataSync(path)).toEqual(metadata);
  return metadata;
}

test('an infotext beside a picture, with the final line break of SD.Next and a byte order mark', async () => {
  const metadata = await read(['a.png', buildPng()], { 'a.txt': `\uFEFF${infotext}\n` });
  expect(metadata).toMatchObject({
    container: 'png',
    width: 8,
    embedded: [{ location: 'sidecar:txt', key: '', text: `${infotext}\n` }],
    generator: 'automatic1111',
    generation: { prompt: 'a cat 猫', negativePrompt: 'bad', seed: '5' },
  });
});

test('an infotext beside a video', async () => {
  expect(await read(['a.mp4', buildMp4()], { 'a.txt': infotext })).toMatchObject({
    container: 'mp4',
    generation: { seed: '5' },
  });
});

const video = { type: 'WanGP v11', prompt: 'a video', seed: 7, model_type: 'i2v', settings_version: 2.4 };

test('the JSON beside a video', async () => {
  expect(await read(['a.mp4', buildMp4()], { 'a.json': JSON.stringify(video) })).toMatchObject({
    generator: 'wan2gp',
    generation: { prompt: 'a video', seed: '7' },
    warnings: [],
  });
});

test.each(['clip_00001.mp4', 'clip_00001-audio.mp4', 'clip_00001.mkv'])(
  'the picture that was written beside a video: %s',
  async (name) => {
    const picture = buildPng({ before: [internationalTextChunk('parameters', infotext)] });
    await writeFile(join(folder, 'clip_00001.png'), picture);
    const bytes = name.endsWith('.mkv') ? buildMatroska({ type: 'matroska' }) : buildMp4();
    const metadata = await read([name, bytes], {});
    expect(metadata).toMatchObject({
      width: 640,
      generation: { prompt: 'a cat 猫', seed: '5' },
      warnings: [],
    });
    expect(metadata.embedded.map(({ location }) => location)).toContain('sidecar:png:iTXt');
  },
);

test('a video that describes itself leaves the picture beside it alone, and so does a picture', async () => {
  const other = buildPng({ before: [textChunk('parameters', infotext.replace('Seed: 5', 'Seed: 6'))] });
  await writeFile(join(folder, 'a.png'), other);
  const own = await read(['a.mp4', buildMp4({ keys: { comment: infotext } })], {});
  expect([own.generation?.seed, own.embedded.length]).toEqual(['5', 1]);
  expect((await read(['a.webp', buildWebp([])], {})).generation).toBeUndefined();
});

test('a picture beside a video that is damaged or leads elsewhere says nothing', async () => {
  const outside = await mkdtemp(join(await realpath(tmpdir()), 'iib-kit-outside-'));
  try {
    const picture = buildPng({ before: [textChunk('parameters', infotext)] });
    await writeFile(join(outside, 'p.png'), picture);
    await symlink(join(outside, 'p.png'), join(folder, 'a.png'));
    expect((await read(['a.mp4', buildMp4()], {})).generation).toBeUndefined();
    await writeFile(join(folder, 'b.png'), picture.subarray(0, 20));
    expect((await read(['b.mp4', buildMp4()], {})).generation).toBeUndefined();
  } finally {
    await rm(outside, { recursive: true });
  }
});

test.each(['', '2026/08/19'])(
  'InvokeAI: the record of a video in the folder beside it, "%s"',
  async (sub) => {
    const metadata = JSON.stringify({
      app_version: '6.9.0',
      generation_mode: 'wan_i2v',
      positive_prompt: 'a heron flies',
      negative_prompt: '',
      seed: 77,
      steps: 20,
      model: { name: 'wan' },
    });
    const record = { invokeai_metadata: metadata, invokeai_workflow: null, invokeai_graph: null };
    await mkdir(join(folder, 'sidecars', sub), { recursive: true });
    await mkdir(join(folder, sub), { recursive: true });
    await writeFile(join(folder, 'sidecars', sub, 'clip.json'), JSON.stringify(record));
    expect(await read([join(sub, 'clip.mp4'), buildMp4()], {})).toMatchObject({
      generator: 'invokeai',
      generation: {
        prompt: 'a heron flies',
        seed: '77',
        steps: 20,
        model: { name: 'wan' },
        version: '6.9.0',
      },
    });
  },
);

test('SwarmUI: the JSON beside its picture', async () => {
  const sidecar = JSON.stringify({ sui_image_params: { prompt: 'a cat', seed: 5, steps: 20, model: 'm' } });
  expect(await read(['a.png', buildPng()], { 'a.swarm.json': sidecar })).toMatchObject({
    generator: 'swarmui',
    generation: { prompt: 'a cat', seed: '5', steps: 20 },
  });
});

test('Easy Diffusion: JSON beside its picture', async () => {
  const sidecar = JSON.stringify({
    prompt: 'a cat',
    seed: 5,
    num_inference_steps: 20,
    guidance_scale: 7.5,
    use_stable_diffusion_model: 'sd-v1-5',
    sampler_name: 'euler_a',
  });
  expect(await read(['a.png', buildPng()], { 'a.json': sidecar })).toMatchObject({
    generator: 'easy-diffusion',
    generation: { prompt: 'a cat', seed: '5', steps: 20 },
  });
});

test('Fooocus: the log of the folder, by the whole name of the picture', async () => {
  const record = (prompt: string, seed: string) =>
    encodeURIComponent(
      JSON.stringify({
        Prompt: prompt,
        'Negative Prompt': '',
        Seed: seed,
        'Base Model': 'm.safetensors',
        Performance: 'Speed',
        Sampler: 'dpmpp_2m',
        Resolution: '(8, 8)',
        Version: 'Fooocus v2.5.5',
      }),
    );
  const block = (name: string, prompt: string, seed: string) =>
    `<div id="${name.replaceAll('.', '_')}" class="image-container"><hr><table><tr><td class='label'>Prompt</td><td class='value'>${prompt}</td></tr></table><br/><button onclick="to_clipboard('${record(prompt, seed)}')">Copy to Clipboard</button></div>`;
  const log = `<!DOCTYPE html><html><head><title>Fooocus Log 2024-01-01</title></head><body><p>Fooocus Log 2024-01-01 (private)</p>\n<!--fooocus-log-split-->\n${block('img_10.png', 'a dog', '10')}${block('img_1.png', 'a cat', '18446744073709551615')}</body></html>`;
  expect(await read(['img_1.png', buildPng()], { 'log.html': log })).toMatchObject({
    generator: 'fooocus',
    generation: { prompt: 'a cat', seed: '18446744073709551615' },
  });
  expect((await read(['img_2.png', buildPng()], {})).generator).toBeUndefined();
});

test('a caption for training is no infotext, and is not taken into the result', async () => {
  expect(await read(['a.png', buildPng()], { 'a.txt': '1girl, solo, looking at viewer' })).toMatchObject({
    embedded: [],
    generator: undefined,
  });
});

test('what the picture says itself comes before what lies beside it', async () => {
  const own = 'a dog\nSteps: 3, Seed: 6, Version: v1.0.0';
  const file = buildPng({ before: [textChunk('parameters', own)] });
  expect((await read(['a.png', file], { 'a.txt': infotext })).generation).toMatchObject({ prompt: 'a dog' });
});

test('sidecars: false looks at nothing else than the file', async () => {
  await read(['a.png', buildPng()], { 'a.txt': infotext });
  expect((await readMetadata(join(folder, 'a.png'), { sidecars: false })).generator).toBeUndefined();
});

test('a text beside two pictures of one name is told to be ambiguous', async () => {
  const metadata = await read(['a.png', buildPng()], { 'a.txt': infotext, 'a.jpg': 'another picture' });
  expect(metadata).toMatchObject({
    generation: { seed: '5' },
    warnings: [{ code: 'ambiguous', message: 'The file beside it may belong to a.jpg as well.' }],
  });
});

describe.skipIf(process.platform === 'win32')('beside a picture', () => {
  async function generatorOf(name: string, within?: readonly string[]): Promise<string | undefined> {
    const path = join(folder, 'library', name);
    const options = within === undefined ? {} : { within };
    const { generator } = await readMetadata(path, options);
    expect(readMetadataSync(path, options).generator).toBe(generator);
    return generator;
  }

  beforeEach(async () => {
    for (const name of ['library', 'elsewhere']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'library', 'a.png'), buildPng());
    await writeFile(join(folder, 'elsewhere', 'a.txt'), infotext);
  });

  test('a pipe, a device and a link to one are no description, and nobody waits for them', async () => {
    execFileSync('mkfifo', [join(folder, 'library', 'a.txt')]);
    await symlink('/dev/zero', join(folder, 'library', 'a.json'));
    await symlink('a.txt', join(folder, 'library', 'log.html'));
    expect(await generatorOf('a.png')).toBeUndefined();
  });

  test('a link is a description where it stays in the folder, or in those that are named', async () => {
    await symlink('../elsewhere/a.txt', join(folder, 'library', 'a.txt'));
    expect(await generatorOf('a.png')).toBeUndefined();
    expect(await generatorOf('a.png', [join(folder, 'library')])).toBeUndefined();
    expect(await generatorOf('a.png', [join(folder, 'library'), join(folder, 'elsewhere')])).toBe(
      'automatic1111',
    );
    await writeFile(join(folder, 'library', 'own.text'), infotext);
    await symlink('own.text', join(folder, 'library', 'a.png.txt'));
    expect(await generatorOf('a.png')).toBe('automatic1111');
  });

  test('a picture that really lies outside of the folders that are named is refused', async () => {
    const withText = buildPng({ before: [textChunk('parameters', 'a cat\nSteps: 9, Seed: 5')] });
    await writeFile(join(folder, 'elsewhere', 'b.png'), withText);
    await symlink('../elsewhere/b.png', join(folder, 'library', 'b.png'));
    expect(await generatorOf('b.png')).toBe('automatic1111');
    await expect(generatorOf('b.png', [join(folder, 'library')])).rejects.toMatchObject({
      name: 'MetadataError',
      code: 'no-permission',
    });
  });

  test('bytes from elsewhere are described as the file that they lie in', async () => {
    await writeFile(join(folder, 'library', 'a.txt'), infotext);
    const path = join(folder, 'library', 'a.png');
    expect(await readMetadata(buildPng(), { path })).toMatchObject({ generator: 'automatic1111' });
    expect(readMetadataSync(buildPng(), { path })).toMatchObject({ generator: 'automatic1111' });
    expect(await readMetadata(buildPng(), { path, sidecars: false })).toMatchObject({ generator: undefined });
  });
});
