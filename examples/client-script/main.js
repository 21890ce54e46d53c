import { search } from './search.js';

const [text = '', baseUrl = 'http://127.0.0.1:8000/infinite_image_browsing'] = process.argv.slice(2);
await search(baseUrl, text);
