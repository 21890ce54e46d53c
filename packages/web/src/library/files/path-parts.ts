/** What stands between the names of a path. In one that begins with `/`, a backslash is part of a name. */
function separatorsOf(path: string): readonly string[] {
  return path.startsWith('/') ? ['/'] : ['/', '\\'];
}

const lastSeparator = (path: string, separators: readonly string[]): number =>
  Math.max(...separators.map((separator) => path.lastIndexOf(separator)));

const endsWithSeparator = (path: string): boolean =>
  separatorsOf(path).some((separator) => path.endsWith(separator));

/** The folder of a file, in the path syntax of the server. */
export function folderOf(path: string): string {
  const end = lastSeparator(path, separatorsOf(path));
  if (end <= 0) return path.slice(0, 1);
  // The root of a Windows drive keeps its separator.
  return /^[a-z]:$/i.test(path.slice(0, end)) ? path.slice(0, end + 1) : path.slice(0, end);
}

/** The last segment of a path. */
export function nameOf(path: string): string {
  const separators = separatorsOf(path);
  let end = path.length;
  while (end > 0 && separators.includes(path.charAt(end - 1))) end -= 1;
  const trimmed = path.slice(0, end);
  const name = trimmed.slice(lastSeparator(trimmed, separators) + 1);
  return name === '' ? path : name;
}

/** Joins a folder and a name. */
export function pathIn(folder: string, name: string): string {
  if (endsWithSeparator(folder)) return folder + name;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder + separator + name;
}

/** Splits off the extension, with its dot; a leading dot does not start an extension. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { stem: name, extension: '' } : { stem: name.slice(0, dot), extension: name.slice(dot) };
}

/** Whether a path is a folder or inside it. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true;
  if (endsWithSeparator(folder)) return path.startsWith(folder);
  return separatorsOf(folder).some((separator) => path.startsWith(folder + separator));
}
