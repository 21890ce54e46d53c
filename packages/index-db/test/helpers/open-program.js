// Opens an index, which brings its database to the present schema, and says so; made to be killed on the way.
import { openIndex } from '@iib-kit/index-db';

const index = await openIndex({ path: process.argv[2], readers: 1 });
process.stdout.write('open\n');
await index.close();
