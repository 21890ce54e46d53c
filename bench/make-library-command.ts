import { wholeNumber, type Benchmark } from './benchmark.ts';
import { makeLibrary } from './library/make-library.ts';

/** Writes a library to a folder, for trying things by hand. */
export const makeLibraryCommand: Benchmark = {
  name: 'make-library',
  summary: 'write a library of small images with known topics into a folder',
  options: {
    out: { type: 'string' },
    images: { type: 'string' },
    seed: { type: 'string' },
    labels: { type: 'string' },
  },
  async run(values) {
    if (typeof values.out !== 'string') throw new TypeError('--out must name the folder to write into');
    const started = performance.now();
    const library = makeLibrary(values.out, {
      images: wholeNumber(values, 'images', 1_000),
      seed: wholeNumber(values, 'seed', 1),
      ...(typeof values.labels === 'string' ? { labels: values.labels } : {}),
    });
    const seconds = (performance.now() - started) / 1_000;
    console.log(
      `${library.images} images in ${library.folders} folders, ${library.bytes} bytes, ` +
        `${seconds.toFixed(1)} s, ${Math.round(library.images / seconds)} images/s: ${library.root}`,
    );
  },
};
