import { foldedName } from '../files/disk/folded-name.ts';

/** What a name may have at most, in bytes of UTF-8: systems stop at 255, and a number may follow. */
const MAX_BYTES = 240;

/** Characters that no system, or not Windows, takes in a name, and what turns the direction of writing around. */
const refused =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g;

/** Names that mean a device on Windows, whatever follows their first dot. */
const devices =
  /^(?:con|prn|aux|nul|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3]|conin\$|conout\$) *(?:\.|$)/i;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A folder name that every file system takes and that is not hidden; empty where nothing is left of the words. */
export function safeFolderName(words: string, maxLength: number): string {
  const plain = words.toWellFormed().replaceAll('\ufffd', ' ').normalize('NFC').replace(refused, ' ');
  const name = shortened(plain.replace(/\s+/g, ' '), maxLength);
  return devices.test(name) ? shortened(`_${name}`, maxLength + 1) : name;
}

/** So many characters as people count them, without dots and blanks at its ends. */
function shortened(text: string, maxLength: number): string {
  let length = 0;
  let bytes = 0;
  let kept = '';
  for (const { segment } of graphemes.segment(trimmed(text))) {
    length += 1;
    bytes += Buffer.byteLength(segment);
    if (length > maxLength || bytes > MAX_BYTES) break;
    kept += segment;
  }
  return trimmed(kept);
}

function trimmed(text: string): string {
  return text.replace(/^[. ]+|[. ]+$/g, '');
}

/** What a folder holds already. */
export interface ExistingEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Finds names for folders beside what is there, so that they are the same folders on every file system. */
export class FolderNames {
  readonly #folders = new Map<string, string>();
  readonly #others = new Set<string>();
  readonly #exact = new Set<string>();

  constructor(existing: readonly ExistingEntry[]) {
    for (const { name, isFolder } of existing) {
      if (!isFolder) this.#others.add(foldedName(name));
      else {
        this.#exact.add(name);
        this.#folders.set(foldedName(name), name);
      }
    }
  }

  /** The folder that is there or was chosen before under this name, however it is spelled; numbered where a file is. */
  choose(name: string): string {
    if (this.#exact.has(name)) return name;
    const known = this.#folders.get(foldedName(name));
    if (known !== undefined) return known;
    const free = this.#numbered(name, (key) => this.#others.has(key));
    this.#folders.set(foldedName(free), free);
    return free;
  }

  /** Like `choose`, but numbered where the name is one of `taken`. */
  chooseBeside(name: string, taken: readonly string[]): string {
    const keys = new Set(taken.map(foldedName));
    return this.choose(this.#numbered(name, (key) => keys.has(key)));
  }

  #numbered(name: string, isTaken: (key: string) => boolean): string {
    let candidate = name;
    for (let number = 1; isTaken(foldedName(candidate)); number += 1) candidate = `${name}_${number}`;
    return candidate;
  }
}
