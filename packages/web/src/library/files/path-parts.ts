/** The folder of a file, in the spelling of the server's system. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (end <= 0) return path.slice(0, 1);
  // The root of a drive keeps its slash.
  return /^[a-z]:$/i.test(path.slice(0, end)) ? path.slice(0, end + 1) : path.slice(0, end);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  const trimmed = path.replace(/[/\\]+$/, '');
  const name = trimmed.slice(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
  return name === '' ? path : name;
}

/** A path in a folder. */
export function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return /[/\\]$/.test(folder) ? folder + name : folder + separator + name;
}

/** A name and its extension with the dot; names that begin with a dot have none. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { stem: name, extension: '' } : { stem: name.slice(0, dot), extension: name.slice(dot) };
}

/** Whether a path is a folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true;
  const start = /[/\\]$/.test(folder) ? folder : undefined;
  if (start !== undefined) return path.startsWith(start);
  return path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`);
}
