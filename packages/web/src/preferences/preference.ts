import { createSignal, type Accessor } from 'solid-js';

const PREFIX = 'iib-kit.';

/** A preference saved in this browser and shared by its tabs. `parse` validates a saved value. */
export function createPreference<T>(
  name: string,
  fallback: T,
  parse: (value: unknown) => T,
): [Accessor<T>, (value: T) => void] {
  const key = PREFIX + name;
  const [value, setValue] = createSignal<T>(read(key, fallback, parse));
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) setValue(() => read(key, fallback, parse));
  });
  const set = (next: T) => {
    setValue(() => next);
    write(key, next);
  };
  return [value, set];
}

function read<T>(key: string, fallback: T, parse: (value: unknown) => T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : parse(JSON.parse(text));
  } catch {
    // Storage is disabled, or holds something other than JSON.
    return fallback;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage a preference lasts as long as the page.
  }
}
