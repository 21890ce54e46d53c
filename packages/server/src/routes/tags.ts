import type { api, Handlers } from '@iib-kit/contract';

import { applyRules, followTagInRules } from '../library/auto-tag-rules.ts';
import { callerScope } from './caller-scope.ts';
import { keyedByRequestPath } from './keyed-by-request-path.ts';
import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import type { Tags, Tag } from '@iib-kit/catalog';
import { text } from '../ports/text.ts';
import { indexedInfo } from './responses/file-infos.ts';
import { tagToResponse } from './responses/tag-to-response.ts';

/** The tag that every database has, which the heart of the front end stands for. */
const LIKE = 'like';

/** A tag of so many images is not deleted or merged without a backup. */
const MANY_IMAGES = 100;

export const tags: Handlers<typeof api, RequestContext, Reply>['tags'] = {
  async add({ tag_name }, context) {
    return asCounted(await context.index.createTag(tag_name), context);
  },

  async batchUpdate({ img_paths, action, tag_id }, { access, index }) {
    const images = await Promise.all(img_paths.map((path) => access.checkSpelled(path)));
    await customTag(index, tag_id);
    await index.setTag(
      images.map((image) => image.path),
      tag_id,
      action,
    );
    return null;
  },

  async ofImages({ paths }, context) {
    return keyedByRequestPath(
      paths,
      context,
      (images) => context.index.tagsOf(images, callerScope(context)),
      (found) => found.map(tagToResponse),
    );
  },

  async ofImage({ path }, context) {
    const image = await context.access.checkSpelled(path);
    const found = await context.index.tagsOf([image.path], callerScope(context));
    return (found.get(image.path) ?? []).map(tagToResponse);
  },

  async update({ id, color, name }, { index }) {
    const tag = await existingTag(index, id);
    const isRenamed = name !== undefined && name !== tag.name;
    if (isRenamed) {
      refuseUnlessCustom(tag);
      refuseLike(tag);
    }
    await index.updateTag(id, {
      ...(color === undefined ? {} : { color }),
      ...(isRenamed ? { name } : {}),
    });
    if (isRenamed) await followTagInRules(index, tag.name, name);
    return null;
  },

  async toggle({ img_path, tag_id }, { access, index }) {
    const image = await access.checkSpelled(img_path);
    await customTag(index, tag_id);
    return { is_remove: (await index.toggleTag(image.path, tag_id)) === 'remove' };
  },

  async remove({ tag_id }, { backups, index }) {
    const tag = await customTag(index, tag_id);
    refuseLike(tag);
    if (tag.count >= MANY_IMAGES) await backups.beforeRisk();
    await index.removeTag(tag_id);
    await followTagInRules(index, tag.name, undefined);
    return null;
  },

  async removeFromImage({ img_id, tag_id }, { access, index }) {
    const image = (await index.imagesById([img_id])).get(img_id);
    if (image === undefined || !access.contains(image.path)) {
      throw new HttpError(404, text(`there is no image ${img_id}`, `不存在图像 ${img_id}`));
    }
    await customTag(index, tag_id);
    await index.setTag([image.path], tag_id, 'remove');
    return null;
  },

  async merge({ tag_id, into }, context) {
    const { backups, index } = context;
    if (tag_id === into) {
      throw new HttpError(400, text('a tag cannot be merged into itself', '标签不能与自身合并'));
    }
    const tag = await customTag(index, tag_id);
    refuseLike(tag);
    await customTag(index, into);
    if (tag.count >= MANY_IMAGES) await backups.beforeRisk();
    const merged = await index.mergeTags(tag_id, into);
    await followTagInRules(index, tag.name, undefined);
    return asCounted(merged, context);
  },

  async autoTagRules(_, { index }) {
    const rules = await index.autoTagRules();
    return rules.map(({ tagId, match, conditions }) => ({
      tag_id: tagId,
      match,
      conditions: conditions.map((condition) => ({ ...condition })),
    }));
  },

  async setAutoTagRules({ rules }, context) {
    // Applied to all images whoever goes away meanwhile.
    const { inside } = callerScope(context);
    const outcome = await applyRules(
      context.index,
      rules.map(({ tag_id, match, conditions }) => ({ tagId: tag_id, match, conditions })),
      inside,
    );
    return { tagged: outcome.tagged, untagged: outcome.untagged, timed_out: [...outcome.timedOut] };
  },

  async tryAutoTagRule({ among, examples, ...rule }, context) {
    const { inside, signal } = callerScope(context);
    const asked = { rule, among, examples, ...(inside && { inside }) };
    const trial = await context.index.tryAutoTagRule(asked, signal && { signal });
    return {
      looked_at: trial.lookedAt,
      matched: trial.matched,
      examples: trial.examples.map(indexedInfo),
      timed_out: [...trial.timedOut],
    };
  },
};

/** A tag with how many images carry it that the caller may see. */
async function asCounted(tag: Tag, context: RequestContext): Promise<ReturnType<typeof tagToResponse>> {
  const counted = await context.index.tagsById([tag.id], callerScope(context));
  return tagToResponse(counted.get(tag.id) ?? tag);
}

async function existingTag(index: Tags, id: number): Promise<Tag> {
  const tag = (await index.tagsById([id])).get(id);
  if (tag === undefined) throw new HttpError(404, text(`there is no tag ${id}`, `不存在标签 ${id}`));
  return tag;
}

async function customTag(index: Tags, id: number): Promise<Tag> {
  const tag = await existingTag(index, id);
  refuseUnlessCustom(tag);
  return tag;
}

function refuseUnlessCustom(tag: Tag): void {
  if (tag.type === 'custom') return;
  const name = JSON.stringify(tag.name);
  throw new HttpError(
    400,
    text(`the tag ${name} is read from images, not a custom one`, `标签 ${name} 读取自图像，不是自定义标签`),
  );
}

function refuseLike(tag: Tag): void {
  if (tag.name !== LIKE) return;
  throw new HttpError(
    400,
    text(`the tag ${LIKE} is always there, by this name`, `标签 ${LIKE} 始终存在，不能改名或删除`),
  );
}
