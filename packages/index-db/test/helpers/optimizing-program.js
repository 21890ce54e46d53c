// Opens an index and optimizes it; says when it begins and ends; made to be killed.
import { openIndex } from '@iib-kit/index-db';

const index = await openIndex({ path: process.argv[2], readers: 1 });
process.stdout.write('open\n');
await index.optimize();
process.stdout.write('done\n');
await index.close();
