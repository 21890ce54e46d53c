import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { readWebuiConfig } from './webui-config.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'iib-webui-'));
afterAll(() => rm(folder, { recursive: true }));

async function configFile(content: string): Promise<string> {
  const file = path.join(folder, 'config.json');
  await writeFile(file, content);
  return file;
}

test('the output folders of a web UI, relative ones from where they are said to be', async () => {
  const settings = {
    samples_format: 'png',
    outdir_samples: '',
    outdir_txt2img_samples: 'outputs/txt2img-images',
    outdir_img2img_samples: '/data/img2img',
    outdir_extras_samples: 'outputs/extras-images',
    outdir_grids: null,
    outdir_txt2img_grids: 'outputs/txt2img-grids',
    outdir_img2img_grids: 'outputs/txt2img-grids',
    outdir_save: 'log/images',
  };
  const config = await readWebuiConfig(await configFile(JSON.stringify(settings)), '/webui');
  expect(config.settings).toEqual({
    ...settings,
    outdir_txt2img_samples: '/webui/outputs/txt2img-images',
    outdir_extras_samples: '/webui/outputs/extras-images',
    outdir_txt2img_grids: '/webui/outputs/txt2img-grids',
    outdir_img2img_grids: '/webui/outputs/txt2img-grids',
    outdir_save: '/webui/log/images',
  });
  expect(config.folders).toEqual([
    '/webui/outputs/txt2img-images',
    '/webui/outputs/txt2img-grids',
    '/data/img2img',
    '/webui/log/images',
    '/webui/outputs/extras-images',
  ]);
  expect(config.foldersOf('txt2img')).toEqual([
    '/webui/outputs/txt2img-images',
    '/webui/outputs/txt2img-grids',
  ]);
  expect(config.foldersOf('img2img')).toEqual(['/data/img2img', '/webui/outputs/txt2img-grids']);
  expect(config.foldersOf('save')).toEqual(['/webui/log/images']);
  expect(config.foldersOf('extra')).toEqual(['/webui/outputs/extras-images']);
});

test('one folder for all samples takes the place of the three', async () => {
  const content = JSON.stringify({
    outdir_samples: '/all',
    outdir_txt2img_samples: '/one',
    outdir_grids: '/grids',
  });
  const config = await readWebuiConfig(await configFile(`\uFEFF${content}`), '/webui');
  expect([config.foldersOf('txt2img'), config.foldersOf('img2img'), config.foldersOf('extra')]).toEqual([
    ['/all', '/grids'],
    ['/all', '/grids'],
    ['/all'],
  ]);
});

test.each([['not json'], ['[]'], ['null'], ['"text"']])('%s is no configuration', async (content) => {
  const file = await configFile(content);
  await expect(readWebuiConfig(file, '/webui')).rejects.toThrow(
    new RangeError(`${JSON.stringify(file)} has no settings of a web UI`),
  );
});

test('a file that is not there is named', async () => {
  await expect(readWebuiConfig('/nowhere/config.json', '/webui')).rejects.toThrow(
    new RangeError(`the web UI's settings "/nowhere/config.json" cannot be read`),
  );
});
