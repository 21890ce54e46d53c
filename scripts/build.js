// node scripts/build.js [--progress] [--bench] [package ...]
// Writes the JavaScript of these packages, such as `server`, and of all that they use; of every package and the benchmarks unless
// named. --progress says what is being built; --bench builds a package's own benchmarks too. Declarations are written by build-types.js.
import { buildPackage, buildScripts } from './build/build-scripts.js';
import { withDependencies, workspaceNamed, workspaces } from './build/workspaces.js';

const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const names = process.argv.slice(2).filter((argument) => !flags.has(argument));
const all = workspaces();
const wanted = names.map((name) => workspaceNamed(all, name));
const needed = wanted.length === 0 ? all : withDependencies(all, wanted);
await buildScripts(all, needed, flags.has('--progress') ? sayStage(needed.length) : undefined);
// They import what is built: of an earlier build they would measure what is no more.
if (flags.has('--bench')) for (const one of wanted) await buildPackage(one, 'bench');

/**
 * One line that is written over, or a line a stage where it cannot be.
 *
 * @param {number} count
 * @returns {import('./build/build-scripts.js').OnStage}
 */
function sayStage(count) {
  // The program's own output stays what it is, for whoever reads it from a pipe.
  const { stderr } = process;
  const words = {
    packages: `Building ${count} packages (1 of 2: libraries and server)`,
    web: `Building ${count} packages (2 of 2: web application)`,
    done: '',
  };
  return (stage) => {
    if (stderr.isTTY) stderr.write(`\r\u001B[K${words[stage]}`);
    else if (words[stage] !== '') stderr.write(`${words[stage]}\n`);
  };
}
