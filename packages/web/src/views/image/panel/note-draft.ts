const PREFIX = 'iib-kit.note-draft.';

/** The unsaved note of an image, stored in the browser so that it survives a reload. */
export function savedDraft(path: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + path) ?? undefined;
  } catch {
    return undefined;
  }
}

export function saveDraft(path: string, note: string): void {
  try {
    localStorage.setItem(PREFIX + path, note);
  } catch {
    // Storage is disabled or full: the draft lasts as long as the page.
  }
}

/** Drops a draft that the server has saved, unless it was changed since. */
export function dropDraft(path: string, note: string): void {
  try {
    if (localStorage.getItem(PREFIX + path) === note) localStorage.removeItem(PREFIX + path);
  } catch {
    // Storage is disabled.
  }
}
