import { describe, expect, it } from 'vitest';
import { expiredBackups, type KnownBackup } from './expired-backups.ts';

const full = { images: 1000, marks: 300 };
const backup = (path: string, day: string, contents: KnownBackup['contents'] = full): KnownBackup => ({
  path,
  madeAt: new Date(`${day}T12:00:00Z`),
  contents,
});
const expired = (backups: readonly KnownBackup[], kept: number) =>
  expiredBackups(backups, kept).map(({ path }) => path);

describe('backups that go', () => {
  it('are the oldest', () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'].map((day) => backup(day, day));
    expect(expired(days, 2)).toEqual(['2026-01-01', '2026-01-02']);
    expect(expired(days, 4)).toEqual([]);
  });

  it('are the earlier ones of a day before those of other days', () => {
    const days = [
      backup('a', '2026-01-01'),
      backup('b', '2026-01-02'),
      backup('c', '2026-01-02'),
      backup('d', '2026-01-02'),
    ];
    expect(expired(days, 3)).toEqual(['b']);
    expect(expired(days, 2)).toEqual(['b', 'c']);
    expect(expired(days, 1)).toEqual(['b', 'c', 'a']);
  });

  it.each(['1980-01-01', '2031-01-01'])('are never the one just made, with a clock at %s', (day) => {
    const days = [backup('a', '2026-01-01'), backup('b', '2026-01-02'), backup('wrong', day)];
    expect(expired(days, 2)).toEqual(['a']);
    // Nor, when the clock is right again, all others before the one of the wrong date.
    const later = [
      backup('b', '2026-01-02'),
      backup('wrong', day),
      backup('c', '2026-01-03'),
      backup('d', '2026-01-04'),
    ];
    expect(expired(later, 2)).toEqual(['b', 'wrong']);
  });

  it('are not those of a full database while an emptied one is backed up', () => {
    const empty = { images: 4, marks: 0 };
    const days = [
      backup('full 1', '2026-01-01'),
      backup('full 2', '2026-01-02'),
      backup('empty 1', '2026-01-03', empty),
      backup('empty 2', '2026-01-04', empty),
      backup('empty 3', '2026-01-05', empty),
    ];
    expect(expired(days, 2)).toEqual(['empty 1']);
    const unmarked = [
      backup('full', '2026-01-01'),
      backup('no marks', '2026-01-02', { images: 1000, marks: 0 }),
    ];
    expect(expired(unmarked, 1)).toEqual([]);
    expect(expired([...unmarked, backup('filled again', '2026-01-03')], 1)).toEqual(['full', 'no marks']);
  });

  it('are not sound ones for one that cannot be read', () => {
    const damaged = { ...backup('damaged', '2026-01-02'), contents: undefined };
    expect(expired([backup('sound', '2026-01-01'), damaged], 1)).toEqual([]);
  });
});
