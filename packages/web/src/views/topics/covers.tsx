import { createSignal, For, onCleanup, onMount, type JSX } from 'solid-js';

import { useFileInfos } from '../../library/files/file-infos.ts';
import { Thumbnail } from '../../components/thumbnail.tsx';

/** Thumbnails of some files, fetched when they come close to the visible part of the page. */
export function Covers(props: { paths: readonly string[]; class: string | undefined }): JSX.Element {
  const [isNear, setNear] = createSignal(false);
  const files = useFileInfos(() => (isNear() ? props.paths : []));
  let box: HTMLSpanElement | undefined;
  onMount(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: '400px' },
    );
    if (box !== undefined) observer.observe(box);
    onCleanup(() => observer.disconnect());
  });
  return (
    <span ref={box} class={props.class}>
      <For each={files.isSuccess ? files.data : []}>{(file) => <Thumbnail file={file} />}</For>
    </span>
  );
}
