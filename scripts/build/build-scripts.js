import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

import { buildWeb } from './build-web.js';
import { esbuildOptions, packageBuild } from './bundle.js';
import { withDependencies } from './workspaces.js';

/**
 * Writes the JavaScript of these packages.
 *
 * @typedef {(stage: 'packages' | 'web' | 'done') => void} OnStage
 * @param {readonly import('./workspaces.js').Workspace[]} all
 * @param {readonly import('./workspaces.js').Workspace[]} wanted
 * @param {OnStage} [onStage]
 */
export async function buildScripts(all, wanted, onStage) {
  onStage?.('packages');
  // Dependencies stay imports in what esbuild writes, so only the web application needs others to be there.
  await Promise.all(wanted.map((one) => buildPackage(one, 'default')));
  const web = wanted.find(({ path }) => path === 'packages/web');
  if (web) {
    onStage?.('web');
    await buildWeb(web, withDependencies(all, [web]));
  }
  onStage?.('done');
}

/**
 * @param {import('./workspaces.js').Workspace} workspace
 * @param {'default' | 'bench'} which
 */
export async function buildPackage(workspace, which) {
  const config = await packageBuild(workspace, which);
  if (!config) return;
  await removeScripts(join(workspace.folder, config.outdir ?? 'dist'));
  await build(esbuildOptions(workspace, config));
  await config.afterBuild?.();
}

/** What an earlier build left, also of entries that are gone; declarations are another script's. */
async function removeScripts(/** @type {string} */ folder) {
  const names = await readdir(folder).catch(() => []);
  const scripts = names.filter((name) => /\.js(?:\.map)?$/u.test(name));
  await Promise.all(scripts.map((name) => rm(join(folder, name))));
}
