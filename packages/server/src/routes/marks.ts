import { Readable } from 'node:stream';

import type { api, Handlers } from '@iib-kit/contract';

import { keyedByRequestPath } from './keyed-by-request-path.ts';
import { callerScope } from './caller-scope.ts';
import type { RequestContext } from './context.ts';
import { withErrorPosition } from './with-error-position.ts';
import type { Reply } from '../http/reply.ts';

export const marks: Handlers<typeof api, RequestContext, Reply>['marks'] = {
  async ofImages({ paths }, context) {
    return keyedByRequestPath(
      paths,
      context,
      (images) => context.index.annotationsOf(images),
      ({ rating, note }) => ({ rating, note }),
    );
  },

  async rate({ img_paths, rating }, { access, index }) {
    const images = await Promise.all(img_paths.map((path) => access.checkSpelled(path)));
    await index.setRating(
      images.map((image) => image.path),
      rating,
    );
    return null;
  },

  async ratingCounts(_, context) {
    const counts = await context.index.ratingCounts(callerScope(context));
    return counts.map((count, rating) => ({ rating, count }));
  },

  async note({ img_path, note }, { access, index }) {
    const image = await access.checkSpelled(img_path);
    await index.setNote(image.path, note);
    return null;
  },

  async export(_, context) {
    return {
      status: 200,
      headers: {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-disposition': 'attachment; filename="marks.jsonl"',
        'cache-control': 'no-store',
      },
      body: Readable.from(visibleLines(context)),
    };
  },

  async import({ lines }, context) {
    const { inside } = callerScope(context);
    await context.backups.beforeRisk();
    const { imported, unknown } = await withErrorPosition(
      'lines',
      context.index.importAnnotations(lines.split('\n'), inside && { inside }),
    );
    return { imported, unknown: [...unknown] };
  },
};

async function* visibleLines({ access, index, request }: RequestContext): AsyncGenerator<string> {
  for await (const line of index.exportAnnotations({ signal: request.signal })) {
    const { path } = JSON.parse(line) as { path: string };
    if (access.contains(path)) yield `${line}\n`;
  }
}
