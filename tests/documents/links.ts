import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

import { documentNamed, root, type Document } from './documents.ts';

const markdown = new MarkdownIt({ html: true });

/** The links of a document that lead nowhere: to a file that is not there, or to a heading that it does not have. */
export function deadLinks(document: Document): string[] {
  return targetsOf(document).filter((target) => !leadsSomewhere(target, document));
}

/** Where the links and pictures of a document lead, but for addresses of other sites. */
export function targetsOf({ text }: Document): string[] {
  return markdown
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .map((token) => (token.type === 'image' ? token.attrGet('src') : token.attrGet('href')))
    .filter((target) => typeof target === 'string')
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(target: string, document: Document): boolean {
  const [file = '', anchor] = decodeURIComponent(target).split('#');
  if (file === '') return anchorsOf(document).has(anchor ?? '');
  const name = path.posix.join(path.posix.dirname(document.name), file);
  const place = path.join(root, name);
  if (name.startsWith('..') || !existsSync(place)) return false;
  if (anchor === undefined) return true;
  // A folder is shown with its README.
  const page = statSync(place).isDirectory() ? path.posix.join(name, 'README.md') : name;
  return (
    page.endsWith('.md') && existsSync(path.join(root, page)) && anchorsOf(documentNamed(page)).has(anchor)
  );
}

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf({ text }: Document): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const tokens = markdown.parse(text, {});
  const headings = tokens.filter((_, position) => tokens[position - 1]?.type === 'heading_open');
  return new Set(headings.map((heading) => slugger.slug(plainText(heading.children ?? []))));
}

function plainText(tokens: readonly { type: string; content: string }[]): string {
  return tokens
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}
