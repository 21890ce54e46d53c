import { join } from 'node:path';

const copies = 120;

/** The files that the benches read. */
export function pictures(dir) {
  const many = (ending) => Array.from({ length: copies }, (_, index) => join(dir, `${index}.${ending}`));
  return {
    png: join(dir, 'source.png'),
    jpeg: join(dir, 'source.jpg'),
    pngs: many('png'),
    jpegs: many('jpg'),
  };
}
