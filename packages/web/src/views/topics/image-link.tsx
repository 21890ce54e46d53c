import { useLocation } from '@solidjs/router';
import type { JSX } from 'solid-js';

/** A link that shows an image over the present view. */
export function ImageLink(props: { path: string; children: JSX.Element }): JSX.Element {
  const location = useLocation();
  const href = () => {
    const parameters = new URLSearchParams(location.search);
    parameters.set('image', props.path);
    return `${location.pathname}?${parameters.toString()}`;
  };
  return <a href={href()}>{props.children}</a>;
}
