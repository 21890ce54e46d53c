// Restores a backup and is killed before its change of files with a number; a copy is killed halfway.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [path, backup, killedAt] = process.argv.slice(2);
let changes = 0;

const original = { ...fs };
for (const name of ['copyFileSync', 'linkSync', 'renameSync', 'rmSync', 'fsyncSync']) {
  fs[name] = (...values) => {
    changes += 1;
    if (changes === Number(killedAt)) {
      if (name === 'copyFileSync') copyHalf(...values);
      process.kill(process.pid, 'SIGKILL');
    }
    return original[name](...values);
  };
}
syncBuiltinESMExports();

function copyHalf(from, to) {
  const bytes = original.readFileSync(from);
  original.writeFileSync(to, bytes.subarray(0, bytes.length / 2));
}

const { restoreBackup } = await import('@iib-kit/index-db');
// Only from here on: what is loaded before is no part of it.
changes = 0;
restoreBackup(path, backup);
