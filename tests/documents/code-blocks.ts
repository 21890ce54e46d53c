import MarkdownIt from 'markdown-it';

import type { Document } from './documents.ts';
import { parseExampleRule, type ExampleRule } from './example-rule.ts';

/** A fenced block of a document. */
export interface CodeBlock {
  readonly document: string;
  /** The line of its fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment before it says of how it is tested. */
  readonly rule: ExampleRule;
  /** The place, as a name of a test. */
  readonly place: string;
}

const markdown = new MarkdownIt({ html: true });
const comment = /^<!-- example:(?<words>[\s\S]*?)-->\s*$/;

/** The fenced and indented blocks of a document, each with its rule. */
export function codeBlocks({ name, text }: Document): CodeBlock[] {
  const tokens = markdown.parse(text, {});
  return tokens.flatMap((token, position) => {
    if (token.type !== 'fence' && token.type !== 'code_block') return [];
    const line = (token.map?.[0] ?? 0) + 1;
    const before = tokens[position - 1];
    const words = before?.type === 'html_block' ? comment.exec(before.content)?.groups?.['words'] : undefined;
    const place = `${name}:${line}`;
    const language = token.info.trim();
    return [
      { document: name, line, language, code: token.content, rule: parseExampleRule(words, place), place },
    ];
  });
}
