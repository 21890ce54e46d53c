import { Key } from '@solid-primitives/keyed';
import { createEffect, createSignal, createUniqueId, on, Show, type JSX } from 'solid-js';

import { Button, IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import styles from './menu.module.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** Shown at the right, for example a shortcut or a count. */
  readonly hint?: string;
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
  readonly isDangerous?: boolean;
  readonly onChoose: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly icon?: IconName;
  /** Hides the label of the button. */
  readonly isIconOnly?: boolean;
  readonly items: readonly MenuItem[];
  /** Makes the items radio items, of which one is chosen. */
  readonly isChoice?: boolean;
}

/** A menu button. Keys work as in the ARIA pattern for menus. */
export function Menu(props: MenuProps): JSX.Element {
  const menuId = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  let list: HTMLDivElement | undefined;

  const itemElements = () => [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  const focusItem = (position: number) => {
    const items = itemElements();
    items.at(position % Math.max(1, items.length))?.focus();
  };
  const close = () => {
    if (!isOpen()) return;
    setOpen(false);
    button?.focus();
  };
  createEffect(
    on(isOpen, (isNowOpen) => {
      if (!isNowOpen) return list?.hidePopover();
      list?.showPopover();
      position(list, button);
      const chosen = props.items.findIndex((item) => item.isChosen === true);
      focusItem(Math.max(0, chosen));
    }),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemElements();
    const at = items.indexOf(document.activeElement as HTMLElement);
    const target = menuTarget(event.key, at, items);
    if (target !== undefined) {
      event.preventDefault();
      items[target]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      close();
    }
    event.stopPropagation();
  };

  const shared = {
    'aria-haspopup': 'menu' as const,
    onClick: () => setOpen(!isOpen()),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setOpen(true);
    },
  };
  return (
    <>
      <Show
        when={props.isIconOnly}
        fallback={
          <Button
            {...shared}
            ref={(element: HTMLButtonElement) => (button = element)}
            {...(props.icon === undefined ? {} : { icon: props.icon })}
            aria-expanded={isOpen()}
            aria-controls={menuId}
          >
            {props.label}
            <Icon name="chevron-down" size={16} />
          </Button>
        }
      >
        <IconButton
          {...shared}
          ref={(element: HTMLButtonElement) => (button = element)}
          icon={props.icon ?? 'more'}
          label={props.label}
          aria-expanded={isOpen()}
          aria-controls={menuId}
        />
      </Show>
      <div
        ref={list}
        id={menuId}
        class={styles['menu']}
        role="menu"
        aria-label={props.label}
        popover="auto"
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          if (event.newState === 'closed') setOpen(false);
        }}
      >
        <Show when={isOpen()}>
          <Key each={props.items} by="label">
            {(item) => (
              <button
                type="button"
                role={props.isChoice === true ? 'menuitemradio' : 'menuitem'}
                aria-checked={props.isChoice === true ? item().isChosen === true : undefined}
                aria-disabled={item().isDisabled}
                tabindex="-1"
                class={styles['item']}
                data-dangerous={item().isDangerous}
                onClick={() => {
                  if (item().isDisabled === true) return;
                  close();
                  item().onChoose();
                }}
              >
                <span class={styles['sign']}>
                  <Show when={item().isChosen === true ? 'check' : item().icon}>
                    {(sign) => <Icon name={sign()} size={16} />}
                  </Show>
                </span>
                <span class={styles['label']}>{item().label}</span>
                {item().hint !== undefined && <span class={styles['hint']}>{item().hint}</span>}
              </button>
            )}
          </Key>
        </Show>
      </div>
    </>
  );
}

/** The position of the item that a key moves the focus to; undefined for other keys. */
function menuTarget(key: string, at: number, items: readonly HTMLElement[]): number | undefined {
  const { length } = items;
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at + length - 1) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLowerCase();
  for (let step = 1; step <= length; step += 1) {
    const position = (at + step) % length;
    if (items[position]?.textContent.trim().toLowerCase().startsWith(letter) === true) return position;
  }
  return undefined;
}

/** Positions a menu below its button, or above if there is more room, within the window. */
function position(list: HTMLElement | undefined, button: HTMLElement | undefined): void {
  if (list === undefined || button === undefined) return;
  const at = button.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = list;
  const below = innerHeight - at.bottom;
  const top = below >= offsetHeight + 8 || below >= at.top ? at.bottom + 4 : at.top - offsetHeight - 4;
  const left = Math.min(at.left, innerWidth - offsetWidth - 8);
  list.style.top = `${Math.max(8, top)}px`;
  list.style.left = `${Math.max(8, left)}px`;
}
