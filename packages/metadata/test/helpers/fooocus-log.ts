export interface FooocusLogEntry {
  readonly file: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** A day's `log.html` as Fooocus writes it; before version 2.2 there was no button. */
export function fooocusLog(
  entries: readonly FooocusLogEntry[],
  options: { readonly button?: boolean } = {},
): string {
  const head = '<style>.metadata { border-collapse: collapse; }</style>';
  const blocks = entries.map((entry) => block(entry, options.button ?? true));
  return `<!DOCTYPE html><html><head>${head}</head><body><p>Fooocus Log 2024-05-01 (private)</p>\n<!--fooocus-log-split-->\n\n${blocks.join('')}\n<!--fooocus-log-split--></body></html>`;
}

function block({ file, record }: FooocusLogEntry, hasButton: boolean): string {
  const rows = Object.entries(record).map(([label, value]) => {
    const text = String(value).replaceAll('\n', ' </br> ');
    return `<tr><td class='label'>${label}</td><td class='value'>${text}</td></tr>\n`;
  });
  const copied = encodeURIComponent(JSON.stringify(record)).replaceAll("'", '%27');
  const button = `<button onclick="to_clipboard('${copied}')">Copy to Clipboard</button>`;
  return [
    `<div id="${file.replaceAll('.', '_')}" class="image-container"><hr><table><tr>\n`,
    `<td><a href="${file}"><img src="${file}" loading="lazy"/></a><div>${file}</div></td>`,
    `<td><table class='metadata'>${rows.join('')}</table>${hasButton ? button : ''}</td></tr></table></div>\n\n`,
  ].join('');
}
