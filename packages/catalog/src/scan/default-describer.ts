/** The module that describes files with `@iib-kit/metadata`, to be loaded on the thread that scans. */
export const defaultDescriber: URL = new URL('./describe-media.js', import.meta.url);
