import { spawnSync } from 'node:child_process';

import type { TestContext } from 'vitest';

import { loadLibav } from '../../src/render/video/load-libav.ts';

const hasNodeAv = (await loadLibav()) !== undefined;
const hasProgram = hasNodeAv || spawnSync('ffmpeg', ['-version']).status === 0;
const install = 'npm install --no-save --ignore-scripts node-av@6.1.1';

/** For a test, or before each of several, that makes videos or reads images with node-av; skipped where it is absent. */
export function needsNodeAv(context: TestContext): void {
  if (!hasNodeAv) skip(context, `node-av is not installed (${install})`);
}

/** As `needsNodeAv`, for tests that read videos, which an ffmpeg program in the PATH does as well. */
export function needsVideoDecoder(context: TestContext): void {
  if (!hasProgram) skip(context, `neither node-av nor an ffmpeg program is installed (${install})`);
}

/** Where everything has to run, nothing is passed over. */
function skip(context: TestContext, reason: string): never {
  if (process.env['IIB_REQUIRE_VIDEO'] === '1') throw new Error(`${reason}, and IIB_REQUIRE_VIDEO is 1`);
  return context.skip(reason);
}
