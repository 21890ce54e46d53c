import path from 'node:path';

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const neverInArchives = /[\u0000-\u001f\u007f\\/:]/g;

/** What stands for a byte that is not UTF-8 in a path of the index. */
const standIns = /[\u{10fe80}-\u{10feff}]/gu;

/**
 * One name in an archive for each file: its own, or numbered where another has it. Names that differ in case only
 * count as equal, because they do on the drives of many.
 */
export function entryNames(files: readonly string[]): string[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return files.map((file) => {
    const name = path
      .basename(file)
      .toWellFormed()
      .replaceAll(neverInArchives, '_')
      .replaceAll(standIns, '_');
    let candidate = name;
    for (let number = numbers.get(key(name)) ?? 1; taken.has(key(candidate)); number += 1) {
      const extension = path.extname(name);
      candidate = `${name.slice(0, name.length - extension.length)}_${number}${extension}`;
      numbers.set(key(name), number + 1);
    }
    taken.add(key(candidate));
    return candidate;
  });
}

function key(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
