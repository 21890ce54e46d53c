import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as core from '../src/core.ts';
import { comfyroll } from '../src/generators/comfyui/node-kinds/comfyroll.ts';
import { efficiency } from '../src/generators/comfyui/node-kinds/efficiency.ts';
import { impact } from '../src/generators/comfyui/node-kinds/impact.ts';
import { kjnodes } from '../src/generators/comfyui/node-kinds/kjnodes.ts';
import { knownNodeKinds } from '../src/generators/comfyui/node-kinds/known-node-kinds.ts';
import { loraManager } from '../src/generators/comfyui/node-kinds/lora-manager.ts';
import { cutoff } from '../src/generators/comfyui/node-kinds/packs/cutoff.ts';
import { easyUse } from '../src/generators/comfyui/node-kinds/packs/easy-use.ts';
import { promptReader } from '../src/generators/comfyui/node-kinds/packs/prompt-reader.ts';
import { searge } from '../src/generators/comfyui/node-kinds/packs/searge.ts';
import { tinyterra } from '../src/generators/comfyui/node-kinds/packs/tinyterra.ts';
import { pysssss } from '../src/generators/comfyui/node-kinds/pysssss.ts';
import { rgthree } from '../src/generators/comfyui/node-kinds/rgthree.ts';
import { videoWrappers } from '../src/generators/comfyui/node-kinds/video-wrappers.ts';
import { wasSuite } from '../src/generators/comfyui/node-kinds/was-suite.ts';
import * as node from '../src/index.ts';
import { sourceIdentifiers } from '../src/index.ts';
import { type Place, toolFixtures } from './helpers/tool-fixtures.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const columns: readonly (readonly [name: string, places: readonly Place[]])[] = [
  ['PNG', ['png']],
  ['JPEG', ['jpeg']],
  ['WebP', ['webp']],
  ['AVIF', ['avif', 'heif']],
  ['JXL', ['jxl']],
  ['GIF', ['gif']],
  ['MP4', ['mp4', 'mov']],
  ['MKV', ['matroska', 'webm']],
  ['AVI', ['avi']],
  ['audio', ['flac', 'ogg', 'mp3', 'wav']],
  ['pixels', ['pixels']],
  ['beside', ['sidecar']],
];

/** The table as the fixtures have it: what has no fixture has no mark. */
function tableOfFixtures(): string {
  const tools = [...new Set(toolFixtures.map(({ tool }) => tool))];
  const rows = tools.map((tool) => {
    const places = new Set(toolFixtures.filter((fixture) => fixture.tool === tool).map(({ place }) => place));
    const cells = columns.map(([, of]) => (of.some((place) => places.has(place)) ? '●' : ''));
    return `| ${[sourceIdentifiers[tool], `\`${tool}\``, ...cells].join(' | ')} |`;
  });
  return [
    `| Tool | \`generator\` | ${columns.map(([name]) => name).join(' | ')} |`,
    `| ${['---', '---', ...columns.map(() => ':-:')].join(' | ')} |`,
    ...rows,
  ].join('\n');
}

test('the table of tools and containers is that of the fixtures', () => {
  const start = readme.indexOf('| Tool ');
  const table = readme.slice(start, readme.indexOf('\n\n', start));
  const bare = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').replace(/:-+:/g, ':-:');
  expect(bare(table)).toBe(bare(tableOfFixtures()));
});

test('every pack in the table has a class that is known, and every file of packs is in it', () => {
  const start = readme.indexOf('| Pack ');
  const table = readme.slice(start, readme.indexOf('\n\n', start));
  const classes = [...table.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(String.raw`\|`, '|'));
  expect(classes.filter((name) => !Object.hasOwn(knownNodeKinds, name))).toEqual([]);
  const packs = [comfyroll, cutoff, easyUse, efficiency, impact, kjnodes, loraManager, promptReader, pysssss];
  const more = [rgthree, searge, tinyterra, videoWrappers, wasSuite];
  const missing = [...packs, ...more].filter((pack) => !classes.some((name) => Object.hasOwn(pack, name)));
  expect(missing).toEqual([]);
});

test('every tool that can be recognised has fixtures, but for generators of users', () => {
  const withFixtures = new Set(toolFixtures.map(({ tool }) => tool));
  expect(node.generators.filter((id) => !withFixtures.has(id))).toEqual(['custom']);
});

test('every function that is exported is in the table of the API', () => {
  const functions = Object.entries(node).filter(([, value]) => typeof value === 'function');
  expect(functions.map(([name]) => name).filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
});

test('every limit and every error code is named', () => {
  for (const name of [...Object.keys(node.limits), ...node.metadataErrorCodes]) {
    expect([name, readme.includes(`\`${name}\``)]).toEqual([name, true]);
  }
});

test('the core has what the main entry has, but for what needs files', () => {
  const onlyOnNode = Object.keys(node).filter((name) => !(name in core));
  expect(onlyOnNode.sort()).toEqual(['openFile', 'openFileSync', 'readParameters']);
});
