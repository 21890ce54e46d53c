import type { ContainerReader } from './container.ts';
import { jpeg } from './jpeg.ts';
import { png } from './png.ts';
import { webp } from './webp.ts';

/** Every container that is read; the first that recognises the head of a file reads it. */
export const containerList: readonly ContainerReader[] = [png, jpeg, webp];
