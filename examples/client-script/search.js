import { createClient } from '@iib-kit/client';

/** Prints the path and the prompt of every image that a running server finds for a text. */
export async function search(baseUrl, text, print = console.log) {
  const client = createClient({ baseUrl });
  let cursor = '';
  do {
    const page = await client.search.bySubstring({ surstr: text, cursor, size: 100 });
    const paths = page.files.map((file) => file.fullpath);
    const texts = await client.imageMetadata.geninfoBatch({ paths });
    for (const path of paths) print(`${path}\n  ${texts[path]?.split('\n')[0] ?? ''}`);
    cursor = page.cursor.has_next ? page.cursor.next : '';
  } while (cursor !== '');
}
