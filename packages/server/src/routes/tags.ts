import type { api, Handlers, Tag } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import { tagShape } from './tag-shape.ts';

export const tags: Handlers<typeof api, RequestContext, Reply>['tags'] = {
  async add({ tag_name }, { index }) {
    return tagShape(await index.createTag(tag_name));
  },

  async batchUpdate({ img_paths, action, tag_id }, { access, index }) {
    const images = await Promise.all(img_paths.map((path) => access.check(path)));
    await index.setTag(
      images.map((image) => image.path),
      tag_id,
      action,
    );
    return null;
  },

  async ofImages({ paths }, { access, index }) {
    const images = await Promise.all(paths.map((path) => access.check(path)));
    const found = await index.tagsOf(images.map((image) => image.path));
    const byPathAsSent = new Map<string, Tag[]>();
    for (const [position, image] of images.entries()) {
      const imageTags = found.get(image.path) ?? [];
      if (imageTags.length > 0) byPathAsSent.set(paths[position] ?? '', imageTags.map(tagShape));
    }
    return Object.fromEntries(byPathAsSent);
  },
};
