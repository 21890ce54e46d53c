import { baseUrl } from '../../address/base-path.ts';
import { fileUrl } from './media-url.ts';
import { nameOf } from './path-parts.ts';

/** Downloads a file. */
export function saveFile(path: string): void {
  saveAddress(fileUrl({ fullpath: path, date: 0 }, nameOf(path)), nameOf(path));
}

/** Downloads an archive that the server has packed. */
export function saveArchive(name: string): void {
  saveAddress(`${baseUrl}/zip?${new URLSearchParams({ name }).toString()}`, name);
}

function saveAddress(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  // Makes the router leave the link to the browser.
  link.rel = 'external';
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}
