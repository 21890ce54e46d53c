import type { Ratio } from './compare/measure.ts';
import type { Difference, Life } from './life.ts';

const examplesShown = 5;

/** Differences by kind, the most frequent first, each with some examples. */
export function describeDifferences(differences: readonly Difference[]): string {
  const kinds = new Map<string, string[]>();
  for (const { kind, example } of differences) kinds.set(kind, [...(kinds.get(kind) ?? []), example]);
  return [...kinds]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([kind, examples]) =>
      [
        `${examples.length} × ${kind}`,
        ...examples.slice(0, examplesShown).map((example) => `    ${example}`),
      ].join('\n'),
    )
    .join('\n');
}

/** What was lived, and how the aged library compares. */
export function describeLife(life: Life, ratios: readonly Ratio[]): string {
  const deeds = [...life.done].map(([name, count]) => `${name} ${count}`).join(', ');
  const rows = ratios.map(({ name, aged, fresh, unit }) => {
    const ratio = fresh > 0 ? (aged / fresh).toFixed(2) : '-';
    return `  ${name.padEnd(34)} ${aged.toFixed(1).padStart(10)} ${fresh.toFixed(1).padStart(10)} ${unit.padEnd(4)} ${ratio.padStart(7)}`;
  });
  const { starts, kills } = life.server;
  return [
    `${life.today - 1} days, ${life.truth.here().length} images, ${starts} starts, ${kills} kills`,
    deeds,
    `  ${'aged, fresh, ratio'.padEnd(34)}`,
    ...rows,
    '',
  ].join('\n');
}
