import { chmod, readFile, writeFile } from 'node:fs/promises';

/** What a file has to hold for the program to see a film in it. */
export const filmOfProgram = 'what only the program understands';

/** Writes the program that stands in for ffmpeg, to be run by the Node that runs us. */
export async function writeFakeFfmpeg(path: string): Promise<void> {
  const script = await readFile(new URL('fake-ffmpeg.cjs', import.meta.url), 'utf8');
  await writeFile(path, `#!${process.execPath}\n${script}`);
  await chmod(path, 0o755);
}
