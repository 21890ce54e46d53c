import { createClient } from '@iib-kit/client';

const { IIB_URL = 'http://127.0.0.1:8000/infinite_image_browsing' } = process.env;
const [text = ''] = process.argv.slice(2);
const client = createClient({ baseUrl: IIB_URL });

// A page at a time, for the texts of a hundred images are one request.
for await (const { files } of client.search.bySubstring.pages({ surstr: text, size: 100 }).byPage()) {
  const texts = await client.imageMetadata.geninfoBatch({ paths: files.map((file) => file.fullpath) });
  for (const { name, fullpath } of files) {
    console.log(`${name}: ${texts[fullpath]?.split('\n', 1)[0] ?? ''}`);
  }
}
