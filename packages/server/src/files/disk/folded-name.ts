/** Equal for names that some file system takes for the same. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
