import { join } from 'node:path';

const copies = 120;

/** The files that the benches read, each picture under many names. */
export interface Pictures {
  readonly png: string;
  readonly jpeg: string;
  readonly pngs: readonly string[];
  readonly jpegs: readonly string[];
}

export function pictures(dir: string): Pictures {
  const many = (ending: string): string[] =>
    Array.from({ length: copies }, (_, index) => join(dir, `${index}.${ending}`));
  return {
    png: join(dir, 'source.png'),
    jpeg: join(dir, 'source.jpg'),
    pngs: many('png'),
    jpegs: many('jpg'),
  };
}

/** The folder that the main program made for this run. */
export function benchDir(): string {
  const dir = process.argv[2];
  if (dir === undefined) throw new TypeError('Run bench/dist/main.js, which makes the pictures');
  return dir;
}
