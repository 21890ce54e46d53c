import { Argument, Option, type Command } from 'commander';

import type { IndexedFileInfo } from '@iib-kit/contract';
import { querySorts, type QuerySort } from '@iib-kit/contract/vocabulary';

import { isApiError, type ApiError } from '../../errors/api-error.ts';
import type { Pages } from '../../pages.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { fitText } from '../fit-text.ts';
import { printable, printableJson } from '../printable.ts';
import type { Run } from '../run.ts';
import { addServerOptions, collect, connect, wholeNumber, type ServerOptions } from '../server-options.ts';
import { serverPath } from '../server-path.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface SearchOptions extends ServerOptions {
  readonly substring?: boolean;
  readonly regexp?: boolean;
  readonly folder?: readonly string[];
  readonly sort?: QuerySort;
  readonly limit?: number;
  readonly all?: boolean;
  readonly null?: boolean;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 100_000_000;

/** Images per request. */
const PAGE_SIZE = 1000;

export function searchCommand(command: Command, run: Run): void {
  addServerOptions(
    command
      .description('Find images: a table on a terminal, otherwise one path per line.')
      .addArgument(new Argument('<query...>', 'the query; several words are joined'))
      .addOption(
        new Option('--substring', 'the query is a plain text in the path or the generation text').conflicts(
          'regexp',
        ),
      )
      .addOption(new Option('--regexp', 'the query is a JavaScript regular expression'))
      .option('--folder <folder>', 'only in this folder and its subfolders; may be repeated', collect)
      .addOption(
        new Option('--sort <order>', 'order of a search by query (default newest)')
          .choices(querySorts)
          .conflicts(['substring', 'regexp']),
      )
      .option(
        '--limit <count>',
        `maximum number of images (default ${DEFAULT_LIMIT})`,
        wholeNumber('--limit', { min: 1, max: MAX_LIMIT }),
      )
      .addOption(new Option('--all', 'every matching image').conflicts('limit'))
      .addOption(
        new Option('-0, --null', 'print unescaped paths, each followed by NUL, for xargs -0').conflicts(
          'json',
        ),
      ),
    'print one JSON object per line for each image',
  )
    .addHelpText(
      'after',
      '\nA query such as: fox -blurry model:juggernaut steps>20 (rating>=4 OR tag=like)\nPut a query that begins with a minus after --: iibctl search -- -blurry',
    )
    .action((words: string[], options: SearchOptions) =>
      run((terminal) => search(terminal, words.join(' '), options)),
    );
}

async function search(terminal: Terminal, query: string, options: SearchOptions): Promise<ExitCode> {
  const limit = options.all === true ? Infinity : (options.limit ?? DEFAULT_LIMIT);
  const print = printerOf(terminal, options);
  let count = 0;
  let hasMore = false;
  try {
    for await (const image of found(terminal, query, options, limit)) {
      hasMore = count === limit;
      if (hasMore) break;
      await print(image, count);
      count += 1;
    }
  } catch (error) {
    throw isApiError(error) && error.code === 'bad-value' ? wrongQuery(error) : error;
  }
  if (count === 0) terminal.note('nothing found');
  else if (hasMore && terminal.isForPeople) {
    terminal.note(terminal.faint(`showing the first ${count}; --limit or --all shows more`));
  }
  return count === 0 ? exitCodes.nothingFound : exitCodes.done;
}

function found(
  terminal: Terminal,
  query: string,
  options: SearchOptions,
  limit: number,
): Pages<IndexedFileInfo, unknown> {
  const client = connect(terminal, options);
  const where = {
    folder_paths: (options.folder ?? []).map(serverPath),
    // One more image shows whether there are more.
    size: Math.min(limit + 1, PAGE_SIZE),
  };
  if (options.regexp === true) {
    if (query === '') throw new UsageError('a regular expression cannot be empty');
    return client.search.bySubstring.pages({ regexp: query, ...where });
  }
  if (options.substring === true) return client.search.bySubstring.pages({ surstr: query, ...where });
  return client.search.byQuery.pages({ query, sort: options.sort ?? 'newest', ...where });
}

/** Wrong use, with what the server says about the query and where in it. */
function wrongQuery({ detail, message }: ApiError): UsageError {
  if (!Array.isArray(detail)) return new UsageError(message.replace(/^\d+: /, ''));
  return new UsageError(detail.map(({ msg, loc }) => `${msg}${placeOf(loc)}`).join('; '));
}

function placeOf(loc: readonly (string | number)[]): string {
  const place = loc.at(-1);
  return typeof place === 'number' ? ` (at character ${place + 1} of the query)` : '';
}

type Printer = (image: IndexedFileInfo, position: number) => Promise<void>;

function printerOf(terminal: Terminal, { json, null: isNull }: SearchOptions): Printer {
  if (json === true) return (image) => terminal.line(printableJson(image));
  if (isNull === true) return (image) => terminal.write(`${image.fullpath}\0`);
  if (!terminal.isForPeople) return (image) => terminal.line(printable(image.fullpath));
  const row = (date: string, size: string, path: string) => {
    const before = `${fitText(date, 16)}  ${fitText(size, 10, { align: 'right' })}  `;
    return before + fitText(path, Math.max(10, terminal.width - before.length), { keep: 'end' }).trimEnd();
  };
  return async (image, position) => {
    if (position === 0) await terminal.line(terminal.heading(row('MODIFIED', 'SIZE', 'PATH')));
    await terminal.line(row(localTime(image.date), image.size, printable(image.fullpath)));
  };
}

/** `2024-01-31 09:05` in the time zone of this machine. */
function localTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const parts = [date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes()];
  const [month, day, hour, minute] = parts.map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day} ${hour}:${minute}`;
}
