import { describe, expect, test } from 'vitest';

import { blue, quarters, red } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 64, height: 64 };

async function pictures(count: number) {
  const fixture = await thumbnailerFixture({ concurrency: 1 });
  const names = Array.from({ length: count }, (_, index) => fixture.file(`${index}.png`));
  for (const [index, name] of names.entries()) {
    await quarters(100 + index, 100, [red, red, blue, blue])
      .png()
      .toFile(name);
  }
  return { ...fixture, names };
}

describe('a request with a signal', () => {
  test('leaves the queue when the signal aborts, and is never rendered', async () => {
    const { thumbnailer, names, cached } = await pictures(20);
    const scrolling = new AbortController();
    const asked = names.map((name) => thumbnailer.thumbnail(name, { ...box, signal: scrolling.signal }));
    const outcomes = Promise.allSettled(asked);
    while ((await thumbnailer.stats()).waiting < 19) await Promise.resolve();
    scrolling.abort(new Error('scrolled on'));
    const reasons = (await outcomes).map((outcome) =>
      outcome.status === 'rejected' ? String(outcome.reason) : 'done',
    );
    expect(new Set(reasons)).toEqual(new Set(['Error: scrolled on']));
    expect((await thumbnailer.stats()).waiting).toBe(0);
    await thumbnailer.close();
    expect((await cached('entries')).length).toBeLessThanOrEqual(1);
    expect(await cached('temp')).toEqual([]);
  });

  test('shares it with many others without a warning', async () => {
    const { thumbnailer, names } = await pictures(20);
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on('warning', note);
    const { signal } = new AbortController();
    await Promise.all(names.map((name) => thumbnailer.thumbnail(name, { ...box, signal })));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('that is aborted already does nothing', async () => {
    const { thumbnailer, names } = await pictures(1);
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(thumbnailer.thumbnail(names[0] ?? '', { ...box, signal })).rejects.toThrow('too late');
    expect(await thumbnailer.stats()).toMatchObject({ rendered: 0, processes: 0 });
  });
});
