import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs in a folder, started by a line of a shell. */
export interface StartedProgram {
  /** The address of the first line that has one: `http://localhost:49152`. */
  readonly origin: string;
  /** Ends it as a terminal would. Rejects when it does not end by itself. */
  readonly stop: () => Promise<void>;
}

/** Starts a server by the line that its README gives, and waits until it tells its address. */
export async function startProgram(
  line: string,
  { cwd, env }: { cwd: string; env: Record<string, string | undefined> },
): Promise<StartedProgram> {
  // A group of its own, for the line starts npm, which starts a shell, which starts the program.
  const child = spawn('sh', ['-c', line], { cwd, env: { ...process.env, ...env }, detached: true });
  let output = '';
  const silence = setTimeout(() => void stop(child).catch(() => {}), 90_000);
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const [found] = /http:\/\/localhost:\d+/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code) => reject(new Error(`"${line}" ended with ${code}:\n${output}`)));
  }).finally(() => clearTimeout(silence));
  return { origin, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const group = -child.pid;
  const closed = once(child, 'close', { signal: AbortSignal.timeout(40_000) });
  process.kill(group, 'SIGTERM');
  try {
    await closed;
  } catch (error) {
    process.kill(group, 'SIGKILL');
    throw error;
  }
}
