import path from 'node:path';

import type { api, Handlers } from '@iib-kit/contract';
import { extractIdAndSeed, toGenerationParameters } from '@iib-kit/metadata';

import { sendFile } from '../http/files/send-file.ts';
import type { Reply } from '../http/reply.ts';
import { Refusal } from '../ports/refusal.ts';
import type { BaseDirectory } from '../seed-groups/base-directory.ts';
import { findImage } from '../seed-groups/find-image.ts';
import { groupDirectory } from '../seed-groups/group-directory.ts';
import { listDirectories, type DirectoryCounts } from '../seed-groups/list-directories.ts';
import type { NamedImage } from '../seed-groups/read-directory.ts';
import { plainSeed, readIfPossible } from '../seed-groups/seeded-images.ts';
import type { RequestContext } from './context.ts';

export const seedGroups: Handlers<typeof api, RequestContext, Reply>['seedGroups'] = {
  async groups(input, context) {
    const base = requireBase(context);
    const { index, request } = context;
    const page = await groupDirectory(input, base, { index, signal: request.signal });
    const named = ({ name, absolute }: NamedImage) => ({ name, path: base.relative(absolute) });
    return {
      directory: base.relative(page.directory),
      image_count: page.imageCount,
      groups: page.groups.map(({ firstSeed, lastSeed, items }) => ({
        first_seed: firstSeed,
        last_seed: lastSeed,
        count: items.length,
        images: items.map((image) => ({ ...named(image), id: image.id, seed: image.seed ?? '' })),
      })),
      without_seed: page.withoutSeed.map(named),
      cursor: { has_next: page.next !== undefined, next: page.next ?? '' },
    };
  },

  async image({ path: file, directory }, context) {
    const image = await findImage(requireBase(context), directory, file);
    return sendFile(context.request, image, { cacheControl: 'private, no-cache' });
  },

  async metadata({ path: file, directory }, context) {
    const base = requireBase(context);
    const image = await findImage(base, directory, file);
    const name = path.basename(image.path);
    const named = extractIdAndSeed(name);
    const metadata = await readIfPossible(image, context.request.signal);
    return {
      name,
      path: base.relative(image.path),
      id: named?.id ?? null,
      seed: plainSeed(named?.seed ?? metadata.generation?.seed) ?? null,
      ...toGenerationParameters({ generation: metadata.generation }),
      generator: metadata.generator ?? null,
      width: metadata.width ?? null,
      height: metadata.height ?? null,
    };
  },

  async directories({ path: directory }, context) {
    const base = requireBase(context);
    const listed = await listDirectories(directory, base, context.request.signal);
    return {
      path: base.relative(listed.path),
      ...countsToResponse(listed),
      directories: listed.directories.map((inner) => ({
        name: inner.name,
        path: base.relative(inner.path),
        ...countsToResponse(inner),
      })),
    };
  },
};

function requireBase({ baseDirectory }: RequestContext): BaseDirectory {
  if (baseDirectory !== undefined) return baseDirectory;
  throw new Refusal('no-base-directory', {});
}

function countsToResponse({ imageCount, byExtension }: DirectoryCounts) {
  return { image_count: imageCount, counts: { ...byExtension } };
}
