/** Files and bytes in one batch: how much is done before anybody else's turn, and before a cancelling is noticed. */
const MAX_FILES = 500;
const MAX_BYTES = 256 * 1024 * 1024;

export function* inBatches<File extends { readonly bytes: number }>(
  files: readonly File[],
): Generator<File[]> {
  let batch: File[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length === MAX_FILES || bytes + file.bytes > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.bytes;
  }
  if (batch.length > 0) yield batch;
}
