import type { JSX } from 'solid-js';

/** SVG paths on a grid of 24 by 24, drawn for this application. */
const paths = {
  images: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 9a1 1 0 1 0 0 .01',
  folder: 'M3 6h6l2 2h10v11H3z',
  topics:
    'M7 7m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0 M17 9m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0 M11 17m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0 M8.5 9.5l1.5 4.8 M15.4 11l-2.6 3.6',
  statistics: 'M4 20V4 M4 20h16 M8 17v-5 M12.5 17V7 M17 17v-8',
  settings:
    'M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 7m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0 M9 17m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  search: 'M10.5 10.5m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0 M15 15l5 5',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
  close: 'M6 6l12 12 M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  'chevron-down': 'M6 9.5l6 6 6-6',
  'chevron-left': 'M14.5 6l-6 6 6 6',
  'chevron-right': 'M9.5 6l6 6-6 6',
  'chevron-up': 'M6 14.5l6-6 6 6',
  more: 'M5.5 12h.01 M12 12h.01 M18.5 12h.01',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13 M16 5.5v13',
  broken: 'M4 5h16v14H4z M4 5l16 14',
  warning: 'M12 4L2.5 20h19z M12 10v4.5 M12 17.2v.01',
  info: 'M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0 M12 11v5.5 M12 7.8v.01',
  star: 'M12 4l2.5 5.2 5.6.8-4 4 .9 5.7-5-2.7-5 2.7.9-5.7-4-4 5.6-.8z',
  tag: 'M4 4h8l8 8-8 8-8-8z M8 8h.01',
  trash: 'M4 7h16 M9 7V4.5h6V7 M6 7l1 13h10l1-13 M10 11v5.5 M14 11v5.5',
  download: 'M12 4v11 M7.5 11l4.5 4.5 4.5-4.5 M4 20h16',
  copy: 'M8 8h12v12H8z M16 8V4H4v12h4',
  move: 'M3 6h6l2 2h10v11H3z M9 14h6 M12.5 11l3 3-3 3',
  edit: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z',
  external: 'M10 5H5v14h14v-5 M13 4h7v7 M20 4l-9 9',
  plus: 'M12 5v14 M5 12h14',
  minus: 'M5 12h14',
  dice: 'M5 5h14v14H5z M9 9h.01 M15 9h.01 M12 12h.01 M9 15h.01 M15 15h.01',
  calendar: 'M4 6h16v14H4z M4 10.5h16 M8.5 3.5V7 M15.5 3.5V7',
  bookmark: 'M6.5 4h11v16L12 15.5 6.5 20z',
  filter: 'M4 6h16 M7 12h10 M10.5 18h3',
  sparkle: 'M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z M19 17v4 M17 19h4',
  sort: 'M7 5v14 M4 16l3 3 3-3 M13 7h7 M13 12h5 M13 17h3',
  grid: 'M4 4h7v7H4z M13 4h7v7h-7z M4 13h7v7H4z M13 13h7v7h-7z',
  zip: 'M6 3.5h12v17H6z M12 4v2 M12 8v2 M12 12v2 M10.5 16h3',
  undo: 'M8.5 5L4 9.5 8.5 14 M4 9.5h10a5.5 5.5 0 0 1 0 11h-3',
} as const satisfies Record<string, string>;

export type IconName = keyof typeof paths;

/** A decorative icon, hidden from assistive technology: use it with a label. */
export function Icon(props: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg
      width={props.size ?? 20}
      height={props.size ?? 20}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[props.name]} />
    </svg>
  );
}
