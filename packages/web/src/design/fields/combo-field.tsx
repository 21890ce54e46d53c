import { createMemo, createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';

import styles from './combo-field.module.css';
import fieldStyles from './text-field.module.css';

export interface ComboFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Suggestions for the text, best first. */
  readonly suggestions: readonly string[];
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
  readonly onInput: (value: string) => void;
  /** Called with the chosen suggestion, or with the text on Enter. */
  readonly onEnter: (value: string) => void;
  readonly ref?: (input: HTMLInputElement) => void;
}

/** A text field with suggestions. Keys work as in the ARIA pattern for comboboxes. */
export function ComboField(props: ComboFieldProps): JSX.Element {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const [active, setActive] = createSignal(-1);
  const shown = createMemo(() => (isOpen() ? props.suggestions : []));
  const optionId = (position: number) => `${id}-${position}`;
  const enter = (value: string) => {
    setOpen(false);
    setActive(-1);
    props.onEnter(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { length } = props.suggestions;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active() + step + (active() < 0 && step < 0 ? 1 : 0) + length) % length);
      document.getElementById(optionId(active()))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      enter(shown()[active()] ?? props.value);
    } else if (event.key === 'Escape' && shown().length > 0) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setActive(-1);
    }
  };
  return (
    <div class={`${fieldStyles['field']} ${styles['combo']}`}>
      <label for={id} class={props.isLabelHidden === true ? 'visually-hidden' : undefined}>
        {props.label}
      </label>
      <input
        ref={props.ref}
        id={id}
        class={fieldStyles['input']}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={props.placeholder}
        disabled={props.isDisabled}
        aria-expanded={shown().length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active() >= 0 && shown().length > 0 ? optionId(active()) : undefined}
        value={props.value}
        onInput={(event) => {
          setOpen(true);
          setActive(-1);
          props.onInput(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <ul
        id={`${id}-list`}
        class={styles['list']}
        role="listbox"
        aria-label={props.label}
        hidden={shown().length === 0}
      >
        <Show when={isOpen()}>
          <For each={shown()}>
            {(suggestion, position) => (
              <li
                id={optionId(position())}
                class={styles['option']}
                role="option"
                aria-selected={position() === active()}
                // Keeps the focus in the input.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => enter(suggestion)}
              >
                {suggestion}
              </li>
            )}
          </For>
        </Show>
      </ul>
    </div>
  );
}
