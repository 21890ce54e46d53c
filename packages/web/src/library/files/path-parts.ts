/** The folder of a file, in the path syntax of the server. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (end <= 0) return path.slice(0, 1);
  // The root of a Windows drive keeps its separator.
  return /^[a-z]:$/i.test(path.slice(0, end)) ? path.slice(0, end + 1) : path.slice(0, end);
}

/** The last segment of a path. */
export function nameOf(path: string): string {
  const trimmed = path.replace(/[/\\]+$/, '');
  const name = trimmed.slice(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
  return name === '' ? path : name;
}

/** Joins a folder and a name. */
export function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return /[/\\]$/.test(folder) ? folder + name : folder + separator + name;
}

/** Splits off the extension, with its dot; a leading dot does not start an extension. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { stem: name, extension: '' } : { stem: name.slice(0, dot), extension: name.slice(dot) };
}

/** Whether a path is a folder or inside it. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true;
  const start = /[/\\]$/.test(folder) ? folder : undefined;
  if (start !== undefined) return path.startsWith(start);
  return path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`);
}
