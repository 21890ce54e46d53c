import { useSearchParams } from '@solidjs/router';
import type { Accessor } from 'solid-js';

export interface AddressChange {
  /** Replaces the current history entry, for example with each letter of a search, instead of adding one. */
  readonly replace?: boolean;
}

/**
 * View state in a search parameter, so that views can be linked to and the back button works. The fallback value is
 * omitted from the address.
 */
export function useAddressParameter(
  name: string,
  fallback = '',
): [Accessor<string>, (value: string, change?: AddressChange) => void] {
  const { values, set } = useAddressParameters({ [name]: fallback });
  const value = values[name] ?? (() => fallback);
  return [value, (next, change) => set({ [name]: next }, change)];
}

export interface AddressParameters<Name extends string> {
  readonly values: Readonly<Record<Name, Accessor<string>>>;
  readonly set: (values: Partial<Record<Name, string>>, change?: AddressChange) => void;
}

/** As `useAddressParameter` for several parameters, which can change in one navigation. */
export function useAddressParameters<Name extends string>(
  fallbacks: Readonly<Record<Name, string>>,
): AddressParameters<Name> {
  const [parameters, setParameters] = useSearchParams();
  const names = Object.keys(fallbacks) as Name[];
  const valueOf = (name: Name): string => {
    const found = parameters[name];
    return (Array.isArray(found) ? found[0] : found) ?? fallbacks[name];
  };
  const values = Object.fromEntries(names.map((name) => [name, () => valueOf(name)])) as Record<
    Name,
    Accessor<string>
  >;
  const set = (next: Partial<Record<Name, string>>, { replace = false }: AddressChange = {}) => {
    const changed = names.filter((name) => next[name] !== undefined && next[name] !== valueOf(name));
    if (changed.length === 0) return;
    const written = changed.map((name) => [name, next[name] === fallbacks[name] ? undefined : next[name]]);
    setParameters(Object.fromEntries(written), { replace, scroll: false });
  };
  return { values, set };
}
