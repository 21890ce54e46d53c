import { stat } from 'node:fs/promises';

import { isSupportedFile } from '@iib-kit/metadata';

import type { AllowedPath } from '../access/path-access.ts';
import { Refusal } from '../ports/refusal.ts';
import type { BaseDirectory } from './base-directory.ts';

/** The image or video that a request names in a directory of the base. Throws a `Refusal` where there is none. */
export async function findImage(base: BaseDirectory, directory: string, file: string): Promise<AllowedPath> {
  const image = await base.locate(directory, file.replace(/^[/\\]+/, ''));
  const stats = await stat(image.realPath).catch(() => undefined);
  if (stats === undefined) throw new Refusal('directory-entry-missing', { path: file });
  if (!stats.isFile() || !isSupportedFile(image.path)) throw new Refusal('not-a-medium', { path: file });
  return image;
}
