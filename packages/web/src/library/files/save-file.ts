import { baseUrl } from '../../address/base-path.ts';
import { fileUrl } from './media-url.ts';
import { nameOf } from './path-parts.ts';

/** Lets the browser save a file under its name. */
export function saveFile(path: string): void {
  saveAddress(fileUrl({ fullpath: path, date: 0 }, nameOf(path)), nameOf(path));
}

/** Lets the browser save an archive that was packed before. */
export function saveArchive(name: string): void {
  saveAddress(`${baseUrl}/zip?${new URLSearchParams({ name }).toString()}`, name);
}

function saveAddress(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  // The router leaves it to the browser.
  link.rel = 'external';
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}
