import type { ConformanceTools } from '../conformance-tools.ts';
import { names } from './names.ts';

/** Opens an index of three pictures of a fox, one second apart. */
export async function openThree({ temporaryLibrary }: Pick<ConformanceTools, 'temporaryLibrary'>) {
  const library = temporaryLibrary();
  const paths = ['one.png', 'two.png', 'three.png'].map((name, shade) =>
    library.picture(
      name,
      `fox ${name}\nNegative prompt: blur\nSteps: 20, Seed: ${shade}`,
      1_700_000_000 + shade,
      shade,
    ),
  );
  const index = await library.open();
  await index.update([library.root]);
  const [one = '', two = '', three = ''] = paths;
  const found = async (tagId: number) => names(await index.searchByTags({ and: [tagId], or: [], not: [] }));
  const countOf = async (tagId: number) =>
    (await index.basicInfo()).tags.find(({ id }) => id === tagId)?.count;
  return { library, index, one, two, three, found, countOf };
}
