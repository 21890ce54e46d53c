import { stat } from 'node:fs/promises';

import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import { errorCode } from '../ports/error-code.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import { packageVersion } from '../ports/package-version.ts';
import { text } from '../ports/text.ts';
import { frontEndSettings } from './front-end-settings.ts';

/** How long a request waits for an image to be taken, in milliseconds. */
const TAKING_TIME = 3000;

export const system: Handlers<typeof api, RequestContext, Reply>['system'] = {
  async hello(_, { index, log }) {
    try {
      await index.ping();
    } catch (error) {
      if (errorCode(error) !== 'closed') log.warn({ err: error }, 'the index does not answer');
      // No key is asked for: where the database is, and what happened to it, is in the log alone.
      const words = text(
        'The index does not answer or cannot be written; the log of the server says why.',
        '索引无响应或无法写入；原因见服务器日志。',
      );
      throw new HttpError(503, words, { cause: error });
    }
    return 'hello' as const;
  },

  version: async () => ({
    name: '@iib-kit/server',
    tag: packageVersion,
    hash: null,
    platform: `${process.platform} ${process.arch}`,
    node_version: process.version,
    python_version: null,
    av: null,
    imageio: null,
    pillow: null,
    imageio_ffmpeg: null,
    pillow_avif_plugin: null,
    requests: null,
    numpy: null,
    hnswlib: null,
  }),

  async storage(_, { thumbnails, trashLimits }) {
    const { bytes, maxBytes } = await thumbnails.usage();
    const { maxDays, maxBytes: maxTrashBytes } = trashLimits;
    return {
      thumbnails: { bytes, max_bytes: maxBytes },
      trash: { max_days: maxDays ?? null, max_bytes: maxTrashBytes ?? null },
    };
  },

  async shutdown(_, { onShutdown, log, clientAddress }) {
    if (onShutdown === undefined) {
      throw new HttpError(403, text('Shutdown is disabled.', '未启用关闭服务器的功能。'));
    }
    log.warn({ address: clientAddress }, 'shut down by a request');
    // After the answer is on its way.
    setImmediate(onShutdown);
    return null;
  },

  async sendImagePath({ path }, { access, pendingImage, log }) {
    const image = await access.check(path);
    const stats = await stat(image.realPath).catch(() => undefined);
    if (stats?.isFile() !== true) {
      throw new HttpError(
        404,
        text(`${JSON.stringify(path)} is not there`, `${JSON.stringify(path)} 不存在`),
      );
    }
    pendingImage.send(image.path).catch((err: unknown) => log.warn({ err }, 'the image was not taken'));
    return null;
  },

  imageTaken: async (_, { pendingImage, request }) => pendingImage.taken(TAKING_TIME, request.signal),

  ...frontEndSettings,
};
