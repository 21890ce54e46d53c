// Opens an index and calls one of its methods; says when it begins and ends; made to be killed.
import { openIndex } from '@iib-kit/index-db';

const [path, method, ...values] = process.argv.slice(2);
const index = await openIndex({ path, readers: 1 });
process.stdout.write('open\n');
await index[method](...values.map((value) => JSON.parse(value)));
process.stdout.write('done\n');
await index.close();
