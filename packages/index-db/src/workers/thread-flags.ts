/** Flags of Node that say how modules are found and loaded, each with a value after it or behind `=`. */
const withValue: ReadonlySet<string> = new Set([
  '--import',
  '--require',
  '-r',
  '--loader',
  '--experimental-loader',
  '--conditions',
  '-C',
]);

const alone: ReadonlySet<string> = new Set([
  '--enable-source-maps',
  '--experimental-strip-types',
  '--experimental-transform-types',
  '--preserve-symlinks',
]);

/**
 * The flags of a program that a thread of it takes over: a `describer` may need its loader. Node refuses to start a thread
 * with those that are for the whole process, such as `--max-old-space-size`.
 */
export function threadFlags(flags: readonly string[]): string[] {
  const taken: string[] = [];
  for (const [position, flag] of flags.entries()) {
    const [name = ''] = flag.split('=', 1);
    if (alone.has(name)) taken.push(flag);
    else if (withValue.has(name))
      taken.push(flag, ...(flag === name ? flags.slice(position + 1, position + 2) : []));
  }
  return taken;
}
