import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { api, openApiDocument } from '@iib-kit/contract';

import type { PageHandler } from '../http/dispatch.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { frameAncestors } from '../http/security/security-headers.ts';
import { packageVersion } from '../ports/package-version.ts';
import { apiDocsPage } from './api-docs-page.ts';
import { loadWebApp } from './web-app.ts';

/** The viewer of the API writes its styles into the page. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'self'; form-action 'none'";

/** Where the viewer is in the package, and below the base. */
const viewer = { file: 'dist/viewer/openapi-explorer.js', path: '/page/openapi-explorer.js' };

/** Where the styles of the docs are in the package, and below the base. */
const styles = { file: 'page/docs.css', path: '/page/docs.css' };

/**
 * The application at the base path, the OpenAPI document and the docs made from it. `framedBy` names the origins
 * whose pages may show ours in a frame.
 */
export async function loadPages(framedBy: readonly string[]): Promise<PageHandler> {
  const read = (name: string) =>
    readFile(
      fileURLToPath(import.meta.resolve(`@iib-kit/server/package.json`).replace(/package\.json$/, name)),
    );
  const webApp = await loadWebApp(framedBy);
  const docsReply = (html: string): Reply => ({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': `${docsPolicy}; ${frameAncestors(framedBy)}`,
    },
    body: html,
  });
  const readViewer = async () => assetReply('text/javascript; charset=utf-8', await read(viewer.file));

  return async (request, context) => {
    const { path, base } = request;
    switch (path) {
      case viewer.path:
        return { reply: await readViewer(), isOpen: true };
      case styles.path:
        return { reply: assetReply('text/css; charset=utf-8', await read(styles.file)), isOpen: true };
      case '/openapi.json':
        return { reply: jsonReply(openApiDocument(api, { base, version: packageVersion })), isOpen: false };
      case '/docs':
        return {
          reply: docsReply(apiDocsPage(openApiDocument(api, { base, version: packageVersion }))),
          isOpen: false,
        };
      default:
        return webApp(request, context);
    }
  };
}

function assetReply(type: string, body: Buffer): Reply {
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache' }, body };
}
