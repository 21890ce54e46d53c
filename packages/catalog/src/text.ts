export { baseName, nameKey } from './text/base-name.ts';
export { foldForms, foldText, isBeyondAscii } from './text/fold-text.ts';
export { folderOf } from './text/folder-of.ts';
export { type FolderRange, folderRange, trimFolder } from './text/folder-range.ts';
export { localDate, parseLocalDate } from './text/local-date.ts';
export { type LocalDay, localDayOf } from './text/local-day.ts';
export { regexpLiterals } from './text/regexp-literals.ts';
export { networkKey, networkTagTypes } from './text/network-key.ts';
