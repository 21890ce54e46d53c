// node scripts/dev.js [option of the program ...]
// Rebuilds packages as their sources change, starts the server again after each build, and serves the web application's sources
// with hot reload. One command for all; Ctrl+C ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { context } from 'esbuild';

import { esbuildOptions, packageBuild } from './build/bundle.js';
import { root, withDependencies, workspaceNamed, workspaces } from './build/workspaces.js';

/** Milliseconds without another build, after which the server is started again: one edit rebuilds several packages. */
const pauseMs = 150;
const options = process.argv.slice(2);
const port = optionValue('--port') ?? '8000';
const address = `http://127.0.0.1:${port}/infinite_image_browsing`;

const all = workspaces();
const needed = withDependencies(all, [workspaceNamed(all, 'server')]);
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** @type {NodeJS.Timeout | undefined} */
let waiting;
let restarts = Promise.resolve();
/** Packages whose last build failed. */
const broken = new Set();
/** Packages that were never built yet. */
const unbuilt = new Set(needed.map(({ path }) => path));

const contexts = [];
for (const workspace of needed) {
  const config = await packageBuild(workspace, 'default');
  if (!config) {
    unbuilt.delete(workspace.path);
    continue;
  }
  const settings = esbuildOptions(workspace, config);
  const watched = await context({
    ...settings,
    plugins: [
      ...(settings.plugins ?? []),
      {
        name: 'start-again',
        setup(build) {
          build.onEnd(async ({ errors }) => {
            unbuilt.delete(workspace.path);
            if (errors.length > 0) broken.add(workspace.path);
            else broken.delete(workspace.path);
            await config.afterBuild?.();
            if (unbuilt.size === 0) planRestart();
          });
        },
      },
    ],
  });
  contexts.push(watched);
  await watched.watch();
}

// The server refuses variables that it does not know, so this one is for the page alone.
const serverEnvironment = { ...process.env };
process.env['IIB_SERVER'] = address;
const webFolder = join(root, 'packages/web');
const { createServer } = await import(
  pathToFileURL(createRequire(join(webFolder, 'package.json')).resolve('vite')).href
);
const page = await createServer({ root: webFolder });
await page.listen();
say(`web application with hot reload: ${page.resolvedUrls?.local[0] ?? ''}`);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void stop());

function planRestart() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    restarts = restarts.then(restart, restart);
  }, pauseMs);
}

async function restart() {
  if (broken.size > 0) return say(`waiting for ${[...broken].join(', ')} to build`);
  await endServer();
  server = spawn(
    process.execPath,
    ['--enable-source-maps', join(root, 'packages/server/dist/bin.js'), ...options],
    { stdio: 'inherit', env: serverEnvironment },
  );
  say(`server: ${address}`);
}

async function endServer() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

async function stop() {
  clearTimeout(waiting);
  await Promise.all([endServer(), page.close(), ...contexts.map((one) => one.dispose())]);
  process.exit(0);
}

function say(/** @type {string} */ text) {
  process.stdout.write(`dev: ${text}\n`);
}

/** @returns {string | undefined} */
function optionValue(/** @type {string} */ name) {
  const at = options.findIndex((option) => option === name || option.startsWith(`${name}=`));
  return at === -1 ? undefined : (options[at]?.split('=')[1] ?? options[at + 1]);
}
