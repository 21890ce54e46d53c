import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Load, LoadFigures } from './load.ts';

/** Makes a load in a process of its own; throws when an answer was not 200. */
export async function loadFromChild(load: Load): Promise<LoadFigures> {
  const child = fork(new URL('load-process.js', import.meta.url), { execArgv: [] });
  child.send(load);
  const [report] = (await once(child, 'message')) as [LoadFigures | { failure: string }];
  child.disconnect();
  if ('failure' in report) throw new Error(report.failure);
  if (Object.keys(report.refused).length > 0) {
    throw new Error(`not every answer was 200: ${JSON.stringify(report.refused)}`);
  }
  return report;
}
