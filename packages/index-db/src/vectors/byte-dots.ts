// byte-dots.wat as WebAssembly.
const code =
  'AGFzbQEAAAABCQFgBX9/f39/AAMCAQAFAwEAAQcVAgZtZW1vcnkCAAhieXRlRG90cwAACsMBAcABAgF/BHsCQANAIAJFDQFB' +
  'ACEF/QwAAAAAAAAAAAAAAAAAAAAAIQj9DAAAAAAAAAAAAAAAAAAAAAAhCQNAIAEgBWr9AAQAIQYgACAFav0ABAAhByAIIAYg' +
  'B/2cAf1+/a4BIQggCSAGIAf9nQH9fv2uASEJIAVBEGohBSAFIANJDQALIAggCf2uASEIIAQgCP0bACAI/RsBaiAI/RsCIAj9' +
  'GwNqajYCACAEQQRqIQQgASADaiEBIAJBAWshAgwACwsL';

/** The part of the WebAssembly interface used here; the type definitions of Node 20 leave it out. */
interface WebAssemblyParts {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** The functions of byte-dots.wat, with a memory of their own. */
export interface ByteDots {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
  byteDots(query: number, rows: number, count: number, bytes: number, out: number): void;
}

const pageBytes = 65_536;
let compiled: object | undefined;

/** A kernel whose memory has so many bytes. */
export function createByteDots(bytes: number): ByteDots {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyParts }).WebAssembly;
  compiled ??= new Module(Buffer.from(code, 'base64'));
  const kernel = new Instance(compiled).exports as ByteDots;
  kernel.memory.grow(Math.max(0, Math.ceil(bytes / pageBytes) - 1));
  return kernel;
}
