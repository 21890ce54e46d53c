export type ViewAction =
  | 'close'
  | 'next'
  | 'previous'
  | 'pan-left'
  | 'pan-right'
  | 'pan-up'
  | 'pan-down'
  | 'zoom-in'
  | 'zoom-out'
  | 'full-size'
  | 'fit-or-unrate'
  | 'rate'
  | 'panel'
  | 'tag'
  | 'note'
  | 'trash'
  | 'rename'
  | 'keys';

const actions: Readonly<Record<string, ViewAction>> = {
  Escape: 'close',
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  z: 'full-size',
  0: 'fit-or-unrate',
  1: 'rate',
  2: 'rate',
  3: 'rate',
  4: 'rate',
  5: 'rate',
  i: 'panel',
  t: 'tag',
  n: 'note',
  Delete: 'trash',
  F2: 'rename',
  '?': 'keys',
};

const shifted: Readonly<Record<string, ViewAction>> = {
  ArrowLeft: 'pan-left',
  ArrowRight: 'pan-right',
  ArrowUp: 'pan-up',
  ArrowDown: 'pan-down',
};

/** The action of a key in the image view; undefined for keys that belong to a text field or player. */
export function viewKey(event: KeyboardEvent): ViewAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { target } = event;
  if (target instanceof HTMLElement) {
    if (target.matches('input, textarea, select, [contenteditable]')) {
      // The first Escape leaves the field, the next one the view.
      if (event.key === 'Escape') {
        target.blur();
        event.preventDefault();
      }
      return undefined;
    }
    if (target.matches('video, audio') && event.key.startsWith('Arrow')) return undefined;
  }
  if (event.shiftKey && event.key in shifted) return shifted[event.key];
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/** The keyboard shortcuts and their descriptions. */
export const keyHelp = [
  ['← →', 'image.keys.walk'],
  ['+ −', 'image.keys.zoom'],
  ['Z', 'image.keys.fullSize'],
  ['0', 'image.keys.fit'],
  ['Shift + ← ↑ → ↓', 'image.keys.pan'],
  ['1 – 5', 'image.keys.rate'],
  ['T', 'image.keys.tag'],
  ['N', 'image.keys.note'],
  ['I', 'image.keys.panel'],
  ['F2', 'image.keys.rename'],
  ['Delete', 'image.keys.trash'],
  ['Esc', 'image.keys.close'],
] as const;
