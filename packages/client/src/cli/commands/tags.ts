import type { Command } from 'commander';

import type { Tag } from '@iib-kit/contract';

import type { Client } from '../../client.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printable, printableJson } from '../printable.ts';
import type { Run } from '../run.ts';
import { addServerOptions, connect, type ServerOptions } from '../server-options.ts';
import { serverPath } from '../server-path.ts';
import { writeTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** Most paths in one request. */
const PATHS_AT_ONCE = 10_000;

export function tagsCommand(command: Command, run: Run): void {
  command.description('List tags, add them to images or remove them.');
  addServerOptions(
    command.command('list').description('List tags with their number of images.'),
    'print one JSON array',
  )
    .option('--type <type>', 'only tags of this type: custom, pos, Model, lora, ...')
    .action((options: ServerOptions & { type?: string }) => run((terminal) => list(terminal, options)));
  addServerOptions(
    command
      .command('add <tag> <file...>')
      .description('Add a custom tag to images; it is created if needed.'),
  ).action((name: string, files: string[], options: ServerOptions) =>
    run((terminal) => change(terminal, 'add', name, files, options)),
  );
  addServerOptions(
    command
      .command('remove <tag> <file...>')
      .description('Remove a custom tag from images; the tag itself is kept.'),
  ).action((name: string, files: string[], options: ServerOptions) =>
    run((terminal) => change(terminal, 'remove', name, files, options)),
  );
  addServerOptions(
    command
      .command('toggle <tag> <file...>')
      .description('Add a custom tag to each image, or remove it where it is set.'),
  ).action((name: string, files: string[], options: ServerOptions) =>
    run((terminal) => toggle(terminal, name, files, options)),
  );
  addServerOptions(
    command
      .command('merge <tag> <into>')
      .description('Replace a custom tag by another one on every image, and delete it.'),
  ).action((name: string, into: string, options: ServerOptions) =>
    run((terminal) => merge(terminal, name, into, options)),
  );
}

async function list(terminal: Terminal, options: ServerOptions & { type?: string }): Promise<ExitCode> {
  const { tags } = await connect(terminal, options).search.basicInfo();
  const shown = tags
    .filter(({ type }) => options.type === undefined || type === options.type)
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
  if (options.json === true) await terminal.line(printableJson(shown));
  else if (shown.length === 0) terminal.note('nothing found');
  else if (terminal.isForPeople) {
    await writeTable(terminal, shown, [
      { title: 'IMAGES', text: ({ count }) => count.toLocaleString('en'), align: 'right' },
      { title: 'TYPE', text: ({ type }) => printable(type) },
      { title: 'TAG', text: ({ name }) => printable(name) },
    ]);
  } else {
    for (const { count, type, name } of shown) {
      await terminal.line([count, printable(type), printable(name)].join('\t'));
    }
  }
  return shown.length === 0 ? exitCodes.nothingFound : exitCodes.done;
}

async function change(
  terminal: Terminal,
  action: 'add' | 'remove',
  name: string,
  files: readonly string[],
  options: ServerOptions,
): Promise<ExitCode> {
  const client = connect(terminal, options);
  const tag = action === 'add' ? await client.tags.add({ tag_name: name }) : await customTag(client, name);
  if (tag === undefined) return noSuchTag(terminal, name);
  const paths = files.map(serverPath);
  for (let start = 0; start < paths.length; start += PATHS_AT_ONCE) {
    const img_paths = paths.slice(start, start + PATHS_AT_ONCE);
    await client.tags.batchUpdate({ img_paths, action, tag_id: tag.id });
  }
  if (options.json === true) await terminal.line(printableJson({ action, tag: tag.name, paths }));
  else
    await terminal.line(
      `${action === 'add' ? 'tagged' : 'untagged'} ${counted(paths.length)}: ${printable(tag.name)}`,
    );
  return exitCodes.done;
}

async function toggle(
  terminal: Terminal,
  name: string,
  files: readonly string[],
  options: ServerOptions,
): Promise<ExitCode> {
  const client = connect(terminal, options);
  const tag = await client.tags.add({ tag_name: name });
  for (const path of files.map(serverPath)) {
    const { is_remove: isRemoved } = await client.tags.toggle({ img_path: path, tag_id: tag.id });
    if (options.json === true) {
      await terminal.line(
        printableJson({ action: isRemoved ? 'remove' : 'add', tag: tag.name, paths: [path] }),
      );
    } else await terminal.line(`${isRemoved ? 'untagged' : 'tagged'} ${printable(path)}`);
  }
  return exitCodes.done;
}

async function merge(
  terminal: Terminal,
  name: string,
  into: string,
  options: ServerOptions,
): Promise<ExitCode> {
  const client = connect(terminal, options);
  const [from, target] = await Promise.all([customTag(client, name), customTag(client, into)]);
  if (from === undefined) return noSuchTag(terminal, name);
  if (target === undefined) return noSuchTag(terminal, into);
  const merged = await client.tags.merge({ tag_id: from.id, into: target.id });
  if (options.json === true) await terminal.line(printableJson(merged));
  else await terminal.line(`merged ${printable(name)} into ${printable(into)}: ${counted(merged.count)}`);
  return exitCodes.done;
}

async function customTag(client: Client, name: string): Promise<Tag | undefined> {
  const { tags } = await client.search.basicInfo();
  return tags.find((tag) => tag.type === 'custom' && tag.name === name);
}

function noSuchTag(terminal: Terminal, name: string): ExitCode {
  terminal.note(`iibctl: there is no custom tag ${printable(JSON.stringify(name))}`);
  return exitCodes.nothingFound;
}

function counted(images: number): string {
  return `${images.toLocaleString('en')} ${images === 1 ? 'image' : 'images'}`;
}
