import path from 'node:path';

import { launchOptionNames, type LaunchOptions } from '../options/launch-options.ts';
import { programOptions } from '../options/program-options.ts';
import type { ProgramSettings } from './parse-program-options.ts';

/** What `launchApp` takes of the settings; paths that are relative are taken from `folder`. */
export function launchOptionsOf(settings: Partial<ProgramSettings>, folder: string): LaunchOptions {
  const options: Record<string, unknown> = Object.fromEntries(
    Object.entries(settings).filter(([name]) => launchOptionNames.includes(name)),
  );
  for (const { name, isPath = false, words = [] } of programOptions) {
    if (isPath && name in options) options[name] = absolute(options[name], words, folder);
  }
  return options;
}

/** A path or a list of them; words stay as they are. */
function absolute(value: unknown, words: readonly string[], folder: string): unknown {
  if (Array.isArray(value)) return value.map((one) => absolute(one, words, folder));
  const name = String(value);
  return words.includes(name) ? name : path.resolve(folder, name);
}
