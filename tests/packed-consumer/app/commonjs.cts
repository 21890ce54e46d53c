// A CommonJS program: Node 20.19 and later load ES modules by require().
import { createClient } from '@iib-kit/client';
import metadata = require('@iib-kit/metadata');
import { createThumbnailer } from '@iib-kit/thumbnails';

const client = createClient({ baseUrl: 'http://127.0.0.1:1/infinite_image_browsing' });
const prompt: string | undefined = metadata.parseInfotext('a fox\nSteps: 7')?.generation.prompt;
const found: Promise<{ files: readonly { name: string }[] }> | undefined =
  process.argv.length > 9 ? client.search.bySubstring({ surstr: 'fox' }) : undefined;
process.stdout.write(JSON.stringify({ prompt, found, thumbnailer: typeof createThumbnailer }));
