import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { api, openApiDocument } from '@iib-kit/contract';

import type { PageHandler } from '../http/dispatch.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { frameAncestors } from '../http/security-headers.ts';
import { packageVersion } from '../package-version.ts';
import { apiDocsPage } from './api-docs-page.ts';
import { escapeHtml } from './escape-html.ts';

const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'self'; form-action 'none'";

const assets: Readonly<Record<string, string>> = {
  '/page/gallery.js': 'text/javascript; charset=utf-8',
  '/page/gallery.css': 'text/css; charset=utf-8',
};

/**
 * The page at the base path, its assets, the OpenAPI document and the docs made from it. `framedBy` names the origins
 * whose pages may show ours in a frame.
 */
export async function loadPages(framedBy: readonly string[]): Promise<PageHandler> {
  const read = (name: string) =>
    readFile(
      fileURLToPath(import.meta.resolve(`@iib-kit/server/package.json`).replace(/package\.json$/, name)),
    );
  const gallery = (await read('page/gallery.html')).toString();
  const htmlReply = (html: string): Reply => ({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': `${contentPolicy}; ${frameAncestors(framedBy)}`,
    },
    body: html,
  });
  const loadedAssets = new Map<string, Reply>();
  for (const [path, type] of Object.entries(assets)) {
    const bytes = await read(path.slice(1));
    loadedAssets.set(path, {
      status: 200,
      headers: { 'content-type': type, 'cache-control': 'no-cache' },
      body: bytes,
    });
  }

  return async ({ path, base }) => {
    const asset = loadedAssets.get(path);
    if (asset !== undefined) return { reply: asset, isOpen: true };
    switch (path) {
      case '':
        return { reply: htmlReply(gallery.replaceAll('{{base}}', escapeHtml(base))), isOpen: true };
      case '/openapi.json':
        return { reply: jsonReply(openApiDocument(api, { base, version: packageVersion })), isOpen: false };
      case '/docs':
        return {
          reply: htmlReply(apiDocsPage(openApiDocument(api, { base, version: packageVersion }))),
          isOpen: false,
        };
      default:
        return undefined;
    }
  };
}
