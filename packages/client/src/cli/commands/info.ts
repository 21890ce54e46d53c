import type { Command } from 'commander';

import type * as metadataPackage from '@iib-kit/metadata';
import type { ImageMetadata } from '@iib-kit/metadata';

import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printable, printableJson, printableLines } from '../printable.ts';
import type { Run } from '../run.ts';
import type { Terminal } from '../terminal.ts';

/** Most bytes that are read from standard input. */
const MAX_INPUT = 512 * 1024 * 1024;

interface InfoOptions {
  readonly json?: boolean;
}

export function infoCommand(command: Command, run: Run): void {
  command
    .description('Show how local files were generated; needs no server.')
    .argument('<file...>', 'images, videos or sounds; - is standard input')
    .option('--json', 'print one JSON object per line: { file, metadata } or { file, error }')
    .action((files: string[], options: InfoOptions) => run((terminal) => info(terminal, files, options)));
}

async function info(terminal: Terminal, files: readonly string[], { json }: InfoOptions): Promise<ExitCode> {
  const { readMetadata } = await loadReader();
  let exitCode: ExitCode = exitCodes.done;
  for (const [position, file] of files.entries()) {
    terminal.parts.signal.throwIfAborted();
    try {
      const source = file === '-' ? await standardInput(terminal) : file;
      const metadata = await readMetadata(source, { signal: terminal.parts.signal });
      if (json === true) await terminal.line(printableJson({ file, metadata }));
      else await terminal.write((position === 0 ? '' : '\n') + describe(terminal, file, metadata));
    } catch (error) {
      terminal.parts.signal.throwIfAborted();
      exitCode = exitCodes.failed;
      const { message, code } = error as Error & { code?: string };
      if (json === true) await terminal.line(printableJson({ file, error: { code: code ?? null, message } }));
      else terminal.note(`iibctl: ${printable(message.includes(file) ? message : `${file}: ${message}`)}`);
    }
  }
  return exitCode;
}

/** Loaded on demand: the other commands work without this optional package. */
async function loadReader(): Promise<typeof metadataPackage> {
  try {
    return await import('@iib-kit/metadata');
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error('info needs @iib-kit/metadata, which is not installed: npm install @iib-kit/metadata', {
      cause,
    });
  }
}

async function standardInput({ parts }: Terminal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of parts.stdin) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_INPUT) throw new Error(`standard input has more than ${MAX_INPUT} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, length);
}

function describe(terminal: Terminal, file: string, metadata: ImageMetadata): string {
  const { generation, container, width, height, generator, aiGenerated, warnings } = metadata;
  const size = width === undefined || height === undefined ? '' : `, ${width}×${height}`;
  const fields: [string, string | number | undefined][] = [
    ['kind', `${container ?? 'not recognised'}${size}`],
    ['made by', generator],
    ['model', generation?.model?.name],
    [
      'loras',
      generation?.loras
        ?.map(({ name, weight }) => (weight === undefined ? name : `${name}:${weight}`))
        .join(', '),
    ],
    ['seed', generation?.seed],
    ['steps', generation?.steps],
    ['sampler', [generation?.sampler, generation?.scheduler].filter((part) => part !== undefined).join(', ')],
    ['cfg scale', generation?.cfgScale],
    ['prompt', generation?.prompt],
    ['negative', generation?.negativePrompt],
    ['AI label', aiGenerated?.value],
    ...warnings.map(({ message }): [string, string] => ['warning', message]),
  ];
  const lines = fields
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `  ${terminal.faint(name.padEnd(9))}  ${indented(String(value))}`);
  return [terminal.heading(printable(file)), ...lines, ''].join('\n');
}

function indented(text: string): string {
  return printableLines(text.trim()).replaceAll('\n', `\n${' '.repeat(13)}`);
}
