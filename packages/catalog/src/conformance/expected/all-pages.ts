import type { Page } from '../../roles/indexed-image.ts';
import type { TestFramework } from '../test-framework.ts';

/** Asks for one page after the other; every one but the last is full, and says that there is another. */
export async function allPages<T>(
  { expect }: Pick<TestFramework, 'expect'>,
  size: number,
  ask: (cursor: string) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: Page<T> = await ask(cursor);
    items.push(...page.items);
    expect(page.hasNext).toBe(page.next !== '');
    if (page.hasNext) expect(page.items).toHaveLength(size);
    // Nothing is promised of a page that has nothing in it but that it is the only one.
    else if (cursor !== '') expect(page.items).not.toEqual([]);
    cursor = page.hasNext ? page.next : undefined;
  }
  return items;
}
