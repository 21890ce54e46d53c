import { open, readFile } from 'node:fs/promises';

import { errorCode } from '../ports/error-code.ts';
import { publishStep } from '../files/disk/operation-steps.ts';
import type { LogLine } from './organize-log-line.ts';
import { parseLogLine } from './stored-run.ts';

/** What a run did to files, in a file of JSON lines. */
export interface OrganizeLog {
  append(line: LogLine): Promise<void>;
  read(): Promise<readonly LogLine[]>;
}

/** `onDamaged` is called with the numbers of lines that cannot be read, from 1; the others are. */
export function organizeLog(file: string, onDamaged: (lines: readonly number[]) => void): OrganizeLog {
  return {
    async append(line) {
      const handle = await open(file, 'a+');
      try {
        // What a sudden end cut off ends here, so that it spoils no other line.
        const { size } = await handle.stat();
        const last = Buffer.alloc(1);
        if (size > 0) await handle.read(last, 0, 1, size - 1);
        const isCutOff = size > 0 && last.toString() !== '\n';
        await handle.appendFile(`${isCutOff ? '\n' : ''}${JSON.stringify(line)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      publishStep('organize-noted', line.step);
    },
    async read() {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return '';
        throw error;
      });
      const damaged: number[] = [];
      const written = text.split('\n');
      const lines = written.flatMap((line, position) => {
        const parsed = parseLogLine(line);
        // The last, without its end, was being written when the process ended: nothing of it was begun.
        const isExpected = line === '' || position === written.length - 1;
        if (parsed === undefined && !isExpected) damaged.push(position + 1);
        return parsed ?? [];
      });
      if (damaged.length > 0) onDamaged(damaged);
      return lines;
    },
  };
}
