import { describe, expect, test } from 'vitest';

import { faultsOfBlock } from './documents/check-block.ts';
import { flags, isEndpoint, variables } from './documents/check-commands.ts';
import { codeBlocks } from './documents/code-blocks.ts';
import { allDocuments } from './documents/documents.ts';

const documents = allDocuments();
const blocks = documents.flatMap((document) => codeBlocks(document));

test.each(blocks.map((block) => [block.place, block] as const))('the block at %s is sound', (_, block) => {
  const saved = blocks
    .filter(({ document }) => document === block.document)
    .flatMap(({ rule }) => rule.savedAs ?? rule.placed?.file ?? []);
  expect(faultsOfBlock(block, saved)).toEqual([]);
});

// Decisions tell of their time.
const current = documents.filter(({ name }) => !name.startsWith('decisions/'));

test.each(current.map((document) => [document.name, document] as const))(
  'the endpoints, variables and flags that %s names are there',
  (_, { text }) => {
    const spans = [...text.matchAll(/`(?<code>[^`\n]+)`/g)].map((match) => match.groups?.['code'] ?? '');
    const wrong = spans.filter((span) => {
      if (/^IIB_[A-Z_]+$/.test(span)) return !variables.has(span) && span !== 'IIB_S';
      const flag = /^--(?<flag>[a-z]+_[a-z_]+)/.exec(span)?.groups?.['flag'];
      if (flag !== undefined) return !flags.has(flag);
      const [, method, route] =
        /^(?:(GET|POST|DELETE) )?(\/(?:db|ai-chat)[\w/-]*)(?:\?.*)?$/.exec(span) ?? [];
      if (route === undefined) return false;
      const methods = method === undefined ? ['GET', 'POST', 'DELETE'] : [method];
      return !methods.some((known) => isEndpoint(known, route));
    });
    expect(wrong).toEqual([]);
  },
);

describe('a fault is found:', () => {
  const faults = (language: string, code: string, comment = '') =>
    codeBlocks({ name: 'page.md', text: `${comment}\n\n\`\`\`${language}\n${code}\n\`\`\`\n` }).flatMap(
      (block) => faultsOfBlock(block),
    );

  test.each([
    ['sh', 'iib-kit --extra_path a', 'iib-kit has no flag --extra_path'],
    ['sh', 'npm start -- --extra-paths a --prot 1', 'iib-kit has no flag --prot'],
    ['sh', 'IIB_SECRET=1 npx iib-kit', 'no variable IIB_SECRET'],
    ['sh', 'npm run biuld && npm ci', 'iib-kit has no script biuld'],
    ['sh', 'npm install @iib-kit/metdata', 'no package @iib-kit/metdata'],
    ['sh', 'npx nothing-of-the-kind', 'no program nothing-of-the-kind'],
    ['sh', 'curl http://a/infinite_image_browsing/db/basic_inf', 'no endpoint GET /db/basic_inf'],
    ['sh', 'rm -rf /', 'no program rm'],
    ['sh', 'node packages/none.js', 'no file packages/none.js'],
    ['ini', '[Service]\nExecStart=/usr/bin/iib-kit --hots a', 'iib-kit has no flag --hots'],
    ['nginx', 'location / {\n  proxy_pass http://a\n}', 'not ended: proxy_pass http://a'],
    ['caddyfile', 'a {', 'brackets that do not match'],
    ['mermaid', 'graph LR\na -> b', 'no arrow: a -> b'],
    ['cobol', 'STOP RUN.', 'no rule for blocks of "cobol"'],
    ['', 'words', 'no rule for blocks of ""'],
    ['text', 'words', 'nothing of a text is checked: say what it is'],
  ])('%s: %s', (language, code, fault) => {
    expect(faults(language, code)).toEqual([fault]);
  });

  test('a rule that is not known', () => {
    expect(() => faults('ts', '', '<!-- example: skipped -->')).toThrow(
      '"skipped" is no rule for an example',
    );
  });
});
