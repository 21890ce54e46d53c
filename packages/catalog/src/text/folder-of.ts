/** The folder that holds a path, with its separator where it is a root. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return path.slice(0, Math.max(1, end));
}
