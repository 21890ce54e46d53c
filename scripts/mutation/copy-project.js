import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A copy of the project whose sources may be changed while others work on the project itself. What was installed is linked.
 *
 * @param {string} root
 * @param {readonly { name: string, path: string }[]} workspaces
 * @returns {string} The folder; whoever asked for it removes it.
 */
export function copyProject(root, workspaces) {
  const copy = mkdtempSync(join(tmpdir(), 'iib-kit-mutation-'));
  for (const file of filesOf(root)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  linkInstalled(root, copy);
  for (const { path } of workspaces) {
    if (existsSync(join(root, path, 'node_modules'))) linkInstalled(join(root, path), join(copy, path));
  }
  for (const { name, path } of workspaces) {
    mkdirSync(dirname(join(copy, 'node_modules', name)), { recursive: true });
    symlinkSync(join(copy, path), join(copy, 'node_modules', name), 'junction');
  }
  return copy;
}

/** @param {string} root */
function filesOf(root) {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const names = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0');
  return names.filter((name) => name !== '' && existsSync(join(root, name)));
}

/**
 * Everything but our own packages, which are those of the copy.
 *
 * @param {string} from
 * @param {string} to
 */
function linkInstalled(from, to) {
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  for (const name of readdirSync(join(from, 'node_modules'))) {
    if (name === '@iib-kit' || name === '.vite') continue;
    symlinkSync(join(from, 'node_modules', name), join(to, 'node_modules', name), 'junction');
  }
}
