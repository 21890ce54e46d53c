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

/** The viewer of the API writes its styles into the page. */
const docsPolicy = contentPolicy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

/** Where the viewer is in the package, and below the base. */
const viewer = { file: 'dist/viewer/openapi-explorer.js', path: '/page/openapi-explorer.js' };

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
  const htmlReply = (html: string, policy = contentPolicy): Reply => ({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': `${policy}; ${frameAncestors(framedBy)}`,
    },
    body: html,
  });
  const loadedAssets = new Map<string, Reply>();
  for (const [path, type] of Object.entries(assets)) {
    loadedAssets.set(path, assetReply(type, await read(path.slice(1))));
  }
  const readViewer = async () => assetReply('text/javascript; charset=utf-8', await read(viewer.file));

  return async ({ path, base }) => {
    const asset = loadedAssets.get(path);
    if (asset !== undefined) return { reply: asset, isOpen: true };
    if (path === viewer.path) return { reply: await readViewer(), isOpen: true };
    switch (path) {
      case '':
        return { reply: htmlReply(gallery.replaceAll('{{base}}', escapeHtml(base))), isOpen: true };
      case '/openapi.json':
        return { reply: jsonReply(openApiDocument(api, { base, version: packageVersion })), isOpen: false };
      case '/docs':
        return {
          reply: htmlReply(apiDocsPage(openApiDocument(api, { base, version: packageVersion })), docsPolicy),
          isOpen: false,
        };
      default:
        return undefined;
    }
  };
}

function assetReply(type: string, body: Buffer): Reply {
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache' }, body };
}
