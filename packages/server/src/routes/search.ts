import type { api, Handlers } from '@iib-kit/contract';

import { callerScope, knownUnavailable } from './caller-scope.ts';
import { keyedByRequestPath } from './keyed-by-request-path.ts';
import type { RequestContext } from './context.ts';
import { hashLibrary } from '../library/hash-library.ts';
import { withErrorPosition } from './with-error-position.ts';
import type { Reply } from '../http/reply.ts';
import type { NamedCount } from '@iib-kit/catalog';
import { visiblePage, visibleScope } from './visible-page.ts';
import { indexedInfo } from './responses/file-infos.ts';
import { sizeText } from './responses/size-text.ts';
import { tagToResponse } from './responses/tag-to-response.ts';

/** How many images `/db/random_images` answers. */
const RANDOM_IMAGES = 128;

export const search: Handlers<typeof api, RequestContext, Reply>['search'] = {
  async basicInfo(_, context) {
    const { info, expiry } = await basicInfo(context);
    return { img_count: info.imageCount, tags: info.tags.map(tagToResponse), ...expiry };
  },

  async expiredDirs(_, context) {
    return (await basicInfo(context)).expiry;
  },

  async updateIndex(_, { library }) {
    await library.updateJob().done;
    return null;
  },

  async rebuildIndex(_, { backups, library }) {
    await backups.beforeRisk();
    await library.updateJob({ reread: true }).done;
    return null;
  },

  async randomImages(_, context) {
    const images = await context.index.randomImages(RANDOM_IMAGES);
    const unavailable = await context.library.unavailable();
    if (unavailable.length === 0 && images.every((image) => context.access.contains(image.path))) {
      return (await context.library.withoutAbsent(images)).map(indexedInfo);
    }
    const everywhere = { folder_paths: [], cursor: '', size: RANDOM_IMAGES };
    const page = await visiblePage(everywhere, context, (part) =>
      context.index.search({ sort: 'random', ...part }, { signal: context.request.signal }),
    );
    return page.files;
  },

  async bySubstring(input, context) {
    const query = {
      text: input.surstr,
      regexp: input.regexp,
      pathOnly: input.path_only,
      mediaType: input.media_type,
      tags: input.and_tags,
    };
    return visiblePage(input, context, (part) =>
      context.index.searchBySubstring({ ...query, ...part }, { signal: context.request.signal }),
    );
  },

  async byTags(input, context) {
    const query = {
      and: input.and_tags,
      or: input.or_tags,
      not: input.not_tags,
      random: input.random_sort,
    };
    return visiblePage(input, context, (part) =>
      context.index.searchByTags({ ...query, ...part }, { signal: context.request.signal }),
    );
  },

  async byQuery(input, context) {
    const query = { query: input.query, sort: input.sort };
    return visiblePage(input, context, (part) =>
      withErrorPosition(
        'query',
        context.index.search({ ...query, ...part }, { signal: context.request.signal }),
      ),
    );
  },

  async layout({ query, sort, block_size, folder_paths }, context) {
    const { index, request } = context;
    const unavailable = await knownUnavailable(context);
    const scope = await visibleScope(folder_paths, context);
    if (scope === undefined) return { count: 0, blocks: [], unavailable };
    const { matches, blocks } = await withErrorPosition(
      'query',
      index.searchLayout({ query, sort, blockSize: block_size, ...scope }, { signal: request.signal }),
    );
    return {
      count: matches,
      blocks: blocks.map(({ date = null, count, cursor }) => ({ date, count, cursor })),
      unavailable,
    };
  },

  async complete({ field, prefix, limit }, context) {
    const { inside, signal } = callerScope(context);
    // Of folders only those that a search may name.
    const scope = field === 'folder' ? await visibleScope([], context) : { folders: inside };
    if (scope === undefined) return [];
    const query = { field, text: prefix, limit, ...(scope.folders && { inside: scope.folders }) };
    const found = await context.index.complete(query, signal && { signal });
    return found.map(({ name, count }) => ({ value: name, count }));
  },

  async savedSearches(_, { access, index }) {
    const searches = await index.savedSearches();
    return Array.from(searches, ([name, { query = '', folders = [], sort = 'newest' }]) => ({
      name,
      query,
      folders,
      folder_paths: folders.filter((folder) => access.contains(folder)),
      sort,
    }))
      .filter(({ folders, folder_paths }) => folders.length === 0 || folder_paths.length > 0)
      .map(({ folders: _folders, ...search }) => search);
  },

  async saveSearch({ name, query, folder_paths, sort }, { access, index }) {
    const folders = await Promise.all(folder_paths.map((folder) => access.checkSpelled(folder)));
    await withErrorPosition(
      'query',
      index.saveSearch(name, { query, sort, folders: folders.map((folder) => folder.path) }),
    );
    return null;
  },

  async removeSavedSearch({ name }, { index }) {
    await index.removeSavedSearch(name);
    return null;
  },

  async nearDuplicates({ path, distance, size }, { access, index, thumbnails, request }) {
    const { signal } = request;
    const asked = await access.checkSpelled(path);
    const hash = BigInt(
      `0x${await thumbnails.perceptualHash(asked.realPath, { within: asked.within?.folders, signal })}`,
    );
    const near = (await index.nearDuplicates(hash, distance, { signal }))
      .filter((other) => other.path !== asked.path && access.contains(other.path))
      .slice(0, size);
    const images = await index.images(near.map((other) => other.path));
    return near.flatMap((other) => {
      const image = images.get(other.path);
      return image === undefined ? [] : [{ ...indexedInfo(image), distance: other.distance }];
    });
  },

  async hashImages(_, { access, index, jobs, library, thumbnails }) {
    const unavailable = await library.unavailable();
    const folders = library.folders().filter((folder) => !unavailable.includes(folder));
    const { id, done } = jobs.start({
      kind: 'hash',
      shareAs: 'hash',
      run: async (job) => {
        const within = (await access.confinement())?.folders;
        return hashLibrary(folders, { index, thumbnails, within }, job);
      },
    });
    // Its outcome is told by the job.
    done.catch(() => {});
    return { job_id: id };
  },

  async folderCovers({ paths, count }, context) {
    return keyedByRequestPath(
      paths,
      context,
      (folders) => context.index.folderCovers(folders, count),
      (images) => images.map(indexedInfo),
    );
  },

  async trend(_, context) {
    const statistics = await context.index.statistics(callerScope(context));
    return {
      total_images: statistics.imageCount,
      total_disk_usage: statistics.bytes,
      daily_contributions: statistics.days.map(({ name, count }) => ({ date: name, count })),
      monthly_trends: statistics.months.map(({ name, count }) => ({ month: name, count })),
      top_models: namedCounts(statistics.models),
      top_samplers: namedCounts(statistics.samplers),
      top_lora: namedCounts(statistics.loras),
      top_source: namedCounts(statistics.sources),
    };
  },

  async statistics(_, context) {
    const { index } = context;
    const scope = callerScope(context);
    const [statistics, { tags }] = await Promise.all([index.statistics(scope), index.basicInfo(scope)]);
    return {
      image_count: statistics.imageCount,
      bytes: statistics.bytes,
      size: sizeText(statistics.bytes),
      days: namedCounts(statistics.days),
      months: namedCounts(statistics.months),
      models: namedCounts(statistics.models),
      samplers: namedCounts(statistics.samplers),
      loras: namedCounts(statistics.loras),
      sources: namedCounts(statistics.sources),
      custom_tags: namedCounts(tags.filter((tag) => tag.type === 'custom')).sort((a, b) => b.count - a.count),
      folders: statistics.folders.map((folder) => ({ ...folder })),
      media_types: statistics.mediaTypes.map((type) => ({ ...type })),
    };
  },
};

async function basicInfo(context: RequestContext) {
  const { access, index, library } = context;
  const info = await index.basicInfo({ ...callerScope(context), roots: library.folders() });
  const expired = info.expiredFolders.filter((folder) => access.contains(folder));
  const expiry = {
    expired: expired.length > 0,
    expired_dirs: expired,
    unavailable: await knownUnavailable(context),
  };
  return { info, expiry };
}

function namedCounts(counts: readonly NamedCount[]): { name: string; count: number }[] {
  return counts.map(({ name, count }) => ({ name, count }));
}
