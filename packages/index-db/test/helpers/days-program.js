// Prints the days of the statistics, and those of the blocks of everything: node days-program.js DATABASE
import { openIndex } from '@iib-kit/index-db';

const index = await openIndex({ path: process.argv[2] ?? '', readers: 1 });
const { days } = await index.statistics();
const { blocks } = await index.searchLayout({});
process.stdout.write(JSON.stringify([days, blocks.map(({ date }) => date)]));
await index.close();
