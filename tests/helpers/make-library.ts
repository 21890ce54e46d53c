import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';

/** Makes images with A1111 texts: `{ 'folder/name.png': 'the prompt' }`. */
export async function makeLibrary(folder: string, prompts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, prompt] of Object.entries(prompts)) {
    const file = path.join(folder, name);
    const picture = sharp({ create: { width: 96, height: 64, channels: 3, background: '#3a7' } });
    const bytes = await (name.endsWith('.jpg') ? picture.jpeg() : picture.png()).toBuffer();
    const text = `${prompt}\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 96x64`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, writeMetadata(bytes, text));
  }
}
