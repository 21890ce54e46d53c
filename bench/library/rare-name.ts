const onsets = ['k', 'm', 't', 'v', 'r', 'l', 's', 'n', 'd', 'b', 'h', 'z', 'sh', 'gr', 'th', 'br'] as const;
const nuclei = ['a', 'e', 'i', 'o', 'u', 'ae', 'ia', 'ou'] as const;

/** The invented name of a rank: names of characters and artists are the long tail of real vocabularies. */
export function rareName(rank: number): string {
  const syllables: string[] = [];
  // The offset gives even the first ranks two syllables; base 128 makes every rank's name its own.
  let rest = rank + onsets.length * nuclei.length;
  while (rest > 0) {
    const onset = onsets[rest % onsets.length] ?? 'k';
    const nucleus = nuclei[Math.floor(rest / onsets.length) % nuclei.length] ?? 'a';
    syllables.push(onset + nucleus);
    rest = Math.floor(rest / (onsets.length * nuclei.length));
  }
  const name = syllables.join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
