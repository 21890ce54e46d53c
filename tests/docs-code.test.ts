import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { launchApp, type LaunchedApp } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { checkTypes } from './documents/check-types.ts';
import { codeBlocks } from './documents/code-blocks.ts';
import { allDocuments } from './documents/documents.ts';
import { writeExamplePictures } from './documents/example-pictures.ts';
import { programsOf } from './documents/programs.ts';
import { promisedOutput } from './documents/promised-output.ts';
import { runProgram } from './documents/run-program.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const programs = allDocuments().flatMap((document) => programsOf(codeBlocks(document)));
const programsThatRun = programs.filter(({ blocks }) => {
  const rule = blocks.at(-1)?.rule;
  return rule?.onlyChecked === undefined && rule?.savedAs === undefined;
});

const { folder, remove } = await temporaryFolder();
let app: LaunchedApp;

beforeAll(async () => {
  await writeExamplePictures(path.join(folder, 'server', 'pictures'));
  app = await launchApp({
    port: 0,
    extraPaths: [path.join(folder, 'server', 'pictures')],
    dbPath: path.join(folder, 'server', 'iib.db'),
    cacheDir: path.join(folder, 'server', 'cache'),
  });
  await app.service.library.update();
});

afterAll(async () => {
  await app.close();
  await remove();
});

describe('the compiler accepts', () => {
  const errors = checkTypes(programs);

  test.each(programs.map(({ place }) => place))('%s', (place) => {
    expect(errors.get(place) ?? []).toEqual([]);
  });
});

describe('it runs as it stands:', () => {
  let count = 0;

  test.each(programsThatRun.map((program) => [program.place, program] as const))('%s', async (_, program) => {
    const own = path.join(folder, `example-${(count += 1)}`);
    await mkdir(own);
    await writeExamplePictures(path.join(own, 'pictures'));
    // The documents say 8000 of a server that runs already, which is the default of the program.
    const run = await runProgram(program, own, { 8000: Number(new URL(app.url).port) });

    expect(run.stderr).toBe('');
    expect([0, null]).toContain(run.code);
    const { prints, answers } = program.blocks.at(-1)?.rule ?? { prints: false, answers: [] };
    expect(run.answers).toEqual(Object.fromEntries(answers.map((url) => [url, 200])));
    if (prints) expect(run.stdout).toMatch(promisedOutput(program.blocks.map(({ code }) => code).join('\n')));
  });
});
