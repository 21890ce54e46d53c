// Puts a link in the place of a folder and the folder back, as fast as it can, until it is killed.
import { renameSync, rmSync } from 'node:fs';

const [folder, link] = process.argv.slice(2);
process.send('ready');
for (;;) {
  renameSync(folder, `${folder}.away`);
  putInto(folder, () => renameSync(link, folder));
  renameSync(folder, link);
  putInto(folder, () => renameSync(`${folder}.away`, folder));
}

/** Somebody may have made a folder where there was none for a moment. */
function putInto(place, rename) {
  for (;;) {
    try {
      rename();
      return;
    } catch {
      removed(place);
    }
  }
}

function removed(place) {
  try {
    rmSync(place, { recursive: true, force: true });
  } catch {
    // Filled again meanwhile.
  }
}
