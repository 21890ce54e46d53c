import { spawn } from 'node:child_process';

import { Refusal } from '../ports/refusal.ts';

/** Opens a file or folder with the program that the desktop has for it. The path is absolute: it is never an option. */
export async function openOnDesktop(absolute: string): Promise<void> {
  const [program, ...before] = openers[process.platform] ?? ['xdg-open'];
  // Never a shell, which would read the name as a command.
  const child = spawn(program, [...before, absolute], { stdio: 'ignore', detached: true, shell: false });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Refusal('no-desktop', {}, { cause })));
  });
  child.unref();
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};
