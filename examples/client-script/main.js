import { createClient } from '@iib-kit/client';

const { IIB_URL = 'http://127.0.0.1:8000/infinite_image_browsing' } = process.env;
const [text = ''] = process.argv.slice(2);
const client = createClient({ baseUrl: IIB_URL });

let cursor = '';
do {
  const page = await client.search.bySubstring({ surstr: text, cursor, size: 100 });
  const paths = page.files.map((file) => file.fullpath);
  const texts = await client.imageMetadata.geninfoBatch({ paths });
  for (const { name, fullpath } of page.files) {
    console.log(`${name}: ${texts[fullpath]?.split('\n', 1)[0] ?? ''}`);
  }
  cursor = page.cursor.has_next ? page.cursor.next : '';
} while (cursor !== '');
