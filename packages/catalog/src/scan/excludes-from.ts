import picomatch from 'picomatch';

/** Whether a path is left out by glob patterns; one without a separator is compared with names alone. */
export function excludesFrom(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const tests = patterns.map((pattern) =>
    picomatch(pattern, { dot: true, basename: !pattern.includes('/') }),
  );
  const insides = patterns
    .filter((pattern) => pattern.endsWith('/**'))
    .map((pattern) => picomatch(pattern.slice(0, -3), { dot: true }));
  return (path) => [...tests, ...insides].some((test) => test(path));
}
