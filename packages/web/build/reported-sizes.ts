import { gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';

/** Prints how large the scripts are, as they travel to a browser that takes gzip, with `vite build --logLevel info`. */
export function reportedSizes(): Plugin {
  let wanted = false;
  return {
    name: 'reported-sizes',
    apply: 'build',
    enforce: 'post',
    configResolved({ logLevel }) {
      wanted = logLevel === 'info';
    },
    writeBundle(_, bundle) {
      if (!wanted) return;
      const chunks = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? [{ name: file.fileName, size: gzipSync(file.code).length }] : [],
      );
      const total = chunks.reduce((sum, { size }) => sum + size, 0);
      const largest = chunks.sort((a, b) => b.size - a.size).slice(0, 5);
      const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
      const lines = largest.map(({ name, size }) => `  ${name}  ${kilobytes(size)}\n`);
      process.stdout.write(`${kilobytes(total)} of scripts with gzip, the largest:\n${lines.join('')}`);
    },
  };
}
