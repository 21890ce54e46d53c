import { createApp } from './app.js';

const [folder = '.', dataFolder = '.'] = process.argv.slice(2);
const app = await createApp(folder, dataFolder);
const address = await app.listen({ port: Number(process.env.PORT ?? 8000) });
console.log(`Open ${address}/images/infinite_image_browsing`);
