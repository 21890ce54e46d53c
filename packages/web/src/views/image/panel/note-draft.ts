const PREFIX = 'iib-kit.note-draft.';

/** What was written to an image and is not on the server yet; it outlives the page. */
export function keptDraft(path: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + path) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(path: string, note: string): void {
  try {
    localStorage.setItem(PREFIX + path, note);
  } catch {
    // No storage, or no room: it lasts as long as the page.
  }
}

/** The server has it, unless more was written since. */
export function dropDraft(path: string, note: string): void {
  try {
    if (localStorage.getItem(PREFIX + path) === note) localStorage.removeItem(PREFIX + path);
  } catch {
    // There was none.
  }
}
