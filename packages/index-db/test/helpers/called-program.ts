import { spawn } from 'node:child_process';
import { once } from 'node:events';

const program = new URL('./calling-program.js', import.meta.url).pathname;

/** A process that opens an index and calls one of its methods, once it has begun to. */
export async function callInProgram(path: string, method: string, ...values: readonly unknown[]) {
  const args = [program, path, method, ...values.map((value) => JSON.stringify(value))];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (output += text));
  await once(child.stdout, 'data');
  const isOver = () => output.includes('done');
  return {
    isOver,
    /** Gives what the process ended with. */
    ended: closed.then(([code]) => code),
    /** Gives whether the call had not come to its end. */
    async kill(): Promise<boolean> {
      child.kill('SIGKILL');
      await closed;
      return !isOver();
    },
  };
}
