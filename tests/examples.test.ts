import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { launchApp, makeSampleLibrary, type LaunchedApp } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { curl } from './helpers/curl.ts';
import { asShown, readReadme } from './helpers/read-readme.ts';
import { startProgram } from './helpers/start-program.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const examples = fileURLToPath(new URL('../examples', import.meta.url));
const { folder, remove } = await temporaryFolder();
const samples = path.join(folder, 'iib-sample-library');

/** What each example runs on instead of what its README assumes to be there. */
const servers: Record<string, () => Record<string, string | undefined>> = {
  'express-app': () => ({ IMAGES: samples }),
  // Draws its own, as it does for everyone who types the line.
  'fastify-app': () => ({ IMAGES: undefined }),
  'client-service': () => ({ IIB_URL: app.url }),
  'web-handler': () => ({ IMAGES: samples }),
};
const scripts = ['client-script', 'folder-to-csv'];

let app: LaunchedApp;

beforeAll(async () => {
  await makeSampleLibrary(samples);
  app = await launchApp({
    port: 0,
    extraPaths: [samples],
    dbPath: path.join(folder, 'running.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  await app.service.library.update();
}, 120_000);

afterAll(async () => {
  await app.close();
  await remove();
});

test('every example is tried', async () => {
  const entries = await readdir(examples, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(folders.sort()).toEqual([...Object.keys(servers), ...scripts].sort());
  const readme = await readFile(path.join(examples, 'README.md'), 'utf8');
  for (const name of folders) expect(readme).toContain(`[\`${name}\`](${name})`);
});

describe.each(Object.entries(servers))('%s', (name, environment) => {
  test('starts with the line of its README, and answers what it shows', { timeout: 120_000 }, async () => {
    const cwd = path.join(examples, name);
    const { lines, transcripts } = await readReadme(path.join(cwd, 'README.md'));
    expect(new Set(lines)).toEqual(new Set(['npm start']));
    const env = { PORT: '0', DATA: path.join(folder, name), ...environment() };
    const { origin, stop } = await startProgram('npm start', { cwd, env });
    onTestFinished(stop);

    const jars = new Map<string, string>();
    expect(transcripts.length).toBeGreaterThan(2);
    for (const { line, answer } of transcripts) {
      const shown = await curl(line.replace('http://localhost:3000', origin), jars);
      expect(`${line}\n${shown}`).toMatch(asShown(`${line}\n${answer}`));
    }
  });
});

describe.each(scripts)('%s', (name) => {
  test('prints what its README shows', { timeout: 120_000 }, async () => {
    const { transcripts } = await readReadme(path.join(examples, name, 'README.md'));
    expect(transcripts.length).toBeGreaterThan(0);
    for (const { line, answer } of transcripts) {
      const here = line
        .replace('../../iib-sample-library', samples)
        .replaceAll('images.csv', path.join(folder, 'images.csv'));
      const output = await terminal(here, path.join(examples, name), { IIB_URL: app.url });
      expect(`${line}\n${output}`).toMatch(asShown(`${line}\n${answer}`));
    }
  });
});

test(
  'the service passes thumbnails on, with what tells whether they changed',
  { timeout: 120_000 },
  async () => {
    const cwd = path.join(examples, 'client-service');
    const env = { PORT: '0', IIB_URL: app.url };
    const { origin, stop } = await startProgram('npm start', { cwd, env });
    onTestFinished(stop);
    const found = await (await fetch(`${origin}/prompts?q=lighthouse+photo`)).json();
    const url = `${origin}${found[0].thumbnail}`;
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^RIFF[^]{4}WEBP/);
    const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  },
);

/** What a terminal would show, without line breaks at the end and with `\n` for each other one. */
function terminal(line: string, cwd: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env } };
    execFile('sh', ['-c', `{ ${line}\n} 2>&1`], options, (_, stdout) => {
      resolve(stdout.replaceAll('\r\n', '\n').trimEnd());
    });
  });
}
