import { createSignal, type Accessor } from 'solid-js';

const PREFIX = 'iib-kit.';

/** A choice of this browser: kept where it can be, followed in all tabs. `parse` makes sense of whatever was kept. */
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
    // No storage in this browser, or something else's text in it.
    return fallback;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // It then lasts as long as the page.
  }
}
