import { readFile } from 'node:fs/promises';

import { Command, CommanderError } from 'commander';

import { indexCommand } from './commands/index-library.ts';
import { infoCommand } from './commands/info.ts';
import { jobsCommand } from './commands/jobs.ts';
import { organizeCommand } from './commands/organize.ts';
import { searchCommand } from './commands/search.ts';
import { tagsCommand } from './commands/tags.ts';
import { describeFailure } from './describe-failure.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { printable } from './printable.ts';
import type { Run } from './run.ts';
import { Terminal, type ProcessParts } from './terminal.ts';

/** Runs `iibctl` with its arguments, without node and script. Never throws. */
export async function runCli(args: readonly string[], parts: ProcessParts): Promise<ExitCode> {
  const terminal = new Terminal(parts);
  let exitCode: ExitCode = exitCodes.done;
  const run: Run = async (command) => {
    exitCode = await command(terminal);
  };
  try {
    const program = buildProgram(run, { version: await packageVersion(), terminal });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    if (parts.signal.aborted) return exitCodes.interrupted;
    const failure = describeFailure(error);
    // A command line without a command has been answered with the help.
    if (failure.message !== '(outputHelp)') terminal.note(`iibctl: ${printable(failure.message)}`);
    return failure.exitCode;
  }
}

interface ProgramParts {
  readonly version: string;
  readonly terminal: Terminal;
}

function buildProgram(run: Run, { version, terminal }: ProgramParts): Command {
  const { stdout, stderr } = terminal.parts;
  const program = new Command('iibctl')
    .description('Search, tag and manage the image library of an iib-kit server.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      // Errors are printed in one line of our own; what is left is the help of a command line without a command.
      writeErr: (text) => void (text.startsWith('error:') || stderr.write(text)),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
    })
    .addHelpText('after', environmentHelp);
  searchCommand(program.command('search'), run);
  tagsCommand(program.command('tags').helpCommand(false), run);
  infoCommand(program.command('info'), run);
  jobsCommand(program.command('jobs').helpCommand(false), run);
  indexCommand(program.command('index').helpCommand(false), run);
  organizeCommand(program.command('organize').helpCommand(false), run);
  return program;
}

const environmentHelp = `
Environment:
  IIB_URL         the server, with its base path
  IIB_SECRET_KEY  its secret key
  NO_COLOR        no colours

Exit codes:
  0  done
  1  nothing found
  2  wrong use
  3  the server could not be reached, or gave an invalid answer
  4  the server refused, a job did not complete, or a file could not be read
  130  stopped by Ctrl+C`;

async function packageVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
