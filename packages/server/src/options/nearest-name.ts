import leven from 'leven';

/** The known name that is nearest to a misspelt one, whatever its case and separators; undefined when none is near. */
export function nearestName(misspelt: string, known: Iterable<string>): string | undefined {
  const plain = plainName(misspelt);
  // A third of the letters, as compilers do; two, which is one swap, from four letters on.
  let least = Math.max(plain.length < 4 ? 1 : 2, Math.floor(plain.length / 3)) + 1;
  let nearest: string | undefined;
  for (const name of known) {
    const distance = leven(plain, plainName(name), { maxDistance: least });
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
