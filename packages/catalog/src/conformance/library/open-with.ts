import type { ConformanceTools } from '../conformance-tools.ts';

/** Opens an index of these pictures with these texts, the later ones newer, by a second. */
export async function openWith(
  { temporaryLibrary }: Pick<ConformanceTools, 'temporaryLibrary'>,
  pictures: Readonly<Record<string, string>>,
) {
  const library = temporaryLibrary();
  let time = 1_700_000_000;
  for (const [name, text] of Object.entries(pictures)) {
    time += 1;
    library.picture(name, text, time, time % 256);
  }
  const index = await library.open();
  await index.update([library.root]);
  return { library, index };
}
