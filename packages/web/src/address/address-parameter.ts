import { useSearchParams } from '@solidjs/router';
import type { Accessor } from 'solid-js';

export interface AddressChange {
  /** In place of the present entry of the history, as for each letter of a search; else back returns to it. */
  readonly replace?: boolean;
}

/**
 * A part of a view's state that stands in the address: what is shown is a link, and back works. The fallback is
 * not written.
 */
export function useAddressParameter(
  name: string,
  fallback = '',
): [Accessor<string>, (value: string, change?: AddressChange) => void] {
  const [parameters, setParameters] = useSearchParams();
  const value = () => {
    const found = parameters[name];
    return (Array.isArray(found) ? found[0] : found) ?? fallback;
  };
  const set = (next: string, { replace = false }: AddressChange = {}) => {
    if (next === value()) return;
    setParameters({ [name]: next === fallback ? undefined : next }, { replace, scroll: false });
  };
  return [value, set];
}
