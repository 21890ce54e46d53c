import { dotKernelCode } from './dot-kernel-code.ts';

const pageBytes = 65_536;

/** The part of the WebAssembly interface used here; the type definitions of Node 20 leave it out. */
interface WebAssemblyParts {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** Memory that grows in whole pages. */
interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): void;
}

/** What dot-kernel.wat exports. */
export interface DotKernel {
  readonly memory: GrowingMemory;
  dots4(queries: number, rows: number, count: number, bytes: number, out: number, outStride: number): void;
}

let compiled: object | undefined;

/** A kernel with a memory of its own. */
export function createDotKernel(): DotKernel {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyParts }).WebAssembly;
  compiled ??= new Module(Buffer.from(dotKernelCode, 'base64'));
  return new Instance(compiled).exports as DotKernel;
}

/** Makes the memory at least that large, with room for more; views of it made before are detached. */
export function reserve(memory: GrowingMemory, bytes: number): void {
  const size = memory.buffer.byteLength;
  if (bytes > size) memory.grow(Math.ceil(Math.max(bytes - size, size / 8) / pageBytes));
}
