import { createMemo, type Accessor } from 'solid-js';

import { useBasicInfo } from '../info/basic-info.ts';

const MAX_SUGGESTIONS = 8;

/** Names of custom tags that contain a text: those that begin with it first, then the most used. */
export function useTagSuggestions(
  text: Accessor<string>,
  taken: Accessor<readonly string[]> = () => [],
): Accessor<readonly string[]> {
  const info = useBasicInfo();
  const custom = createMemo(() =>
    (info.isSuccess ? info.data.tags : [])
      .filter(({ type }) => type === 'custom')
      .sort((a, b) => b.count - a.count)
      .map(({ name }) => name),
  );
  return createMemo(() => suggestNames(custom(), text(), taken()));
}

/** Names that contain a text, those that begin with it first. */
export function suggestNames(
  names: readonly string[],
  text: string,
  taken: readonly string[],
): readonly string[] {
  const needle = text.trim().toLowerCase();
  const left = names.filter((name) => !taken.includes(name) && name.toLowerCase().includes(needle));
  const begins = (name: string) => name.toLowerCase().startsWith(needle);
  return [...left.filter(begins), ...left.filter((name) => !begins(name))].slice(0, MAX_SUGGESTIONS);
}
