// Two 26-bit halves make a 52-bit number, which stays exact in a double and compact in SQLite.
const halfBits = 26;
const halfMask = 2 ** halfBits - 1;

/** A number that changes when any file of a folder is added, removed, renamed, resized or modified. */
export class FolderManifest {
  #low = 0x811c9dc5;
  #high = 0x9747b28c;

  add(name: string, bytes: number, modified: number): void {
    let low = this.#low;
    let high = this.#high;
    for (let index = 0; index < name.length; index += 1) {
      low = Math.imul(low ^ name.charCodeAt(index), 0x01000193);
    }
    low = Math.imul(low ^ bytes, 0x01000193);
    high = Math.imul(high ^ low, 0x5bd1e995);
    high = Math.imul(high ^ (modified % 0x100000000) ^ Math.trunc(modified / 0x100000000), 0x5bd1e995);
    this.#low = low ^ (high >>> 15);
    this.#high = high ^ (high >>> 13);
  }

  get value(): number {
    return (this.#high & halfMask) * 2 ** halfBits + ((this.#low >>> 3) & halfMask);
  }
}
