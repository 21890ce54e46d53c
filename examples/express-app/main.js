import { createApp } from './app.js';

const [folder = '.', dataFolder = '.'] = process.argv.slice(2);
const { app } = await createApp(folder, dataFolder);
const server = app.listen(Number(process.env.PORT ?? 8000), () => {
  console.log(`Open http://localhost:${server.address().port}/images/infinite_image_browsing`);
});
