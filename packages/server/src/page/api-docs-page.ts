import type { OpenApiDocument } from '@iib-kit/contract';

import { escapeHtml } from './escape-html.ts';

type Operation = Readonly<Record<string, unknown>>;

/** The OpenAPI document for people: in a viewer that can try it, and without script one section an endpoint. */
export function apiDocsPage(document: OpenApiDocument): string {
  const base = document.servers[0]?.url ?? '/';
  const prefix = base === '/' ? '' : base;
  const sections = document.tags.map(({ name }) => groupSection(document, name)).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(document.info.title)} API</title>
<link rel="stylesheet" href="${escapeHtml(prefix)}/page/docs.css">
<script type="module" src="${escapeHtml(prefix)}/page/openapi-explorer.js"></script>
<body>
<openapi-explorer spec-url="${escapeHtml(prefix)}/openapi.json"></openapi-explorer>
<noscript>
<h1>${escapeHtml(document.info.title)} API <small>${escapeHtml(document.info.version)}</small></h1>
<p>${escapeHtml(document.info.description)}</p>
<p>All paths are below <code>${escapeHtml(base)}</code>.
For tools: <a href="${escapeHtml(prefix)}/openapi.json">openapi.json</a>.</p>
${sections}
</noscript>
</body>
</html>
`;
}

function groupSection(document: OpenApiDocument, group: string): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => (operation['tags'] as readonly string[]).includes(group))
      .map(([method, operation]) => operationSection(method, path, operation)),
  );
  return `<h2>${escapeHtml(group)}</h2>\n${operations.join('\n')}`;
}

function operationSection(method: string, path: string, operation: Operation): string {
  const { parameters, requestBody, responses } = operation;
  const words = [operation['summary'], operation['description']].filter((text) => typeof text === 'string');
  return `<section id="${escapeHtml(String(operation['operationId']))}">
<h3><code>${escapeHtml(method.toUpperCase())} ${escapeHtml(path)}</code></h3>
<p>${escapeHtml(words.join('. '))}</p>
${details('Query', parameters)}${details('Body', requestBody)}${details('Answers', responses)}</section>`;
}

function details(title: string, value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  const json = escapeHtml(JSON.stringify(value, null, 2));
  return `<details><summary>${escapeHtml(title)}</summary><pre>${json}</pre></details>\n`;
}
