/** Where the largest number is and what it is, the first of equal ones; index -1 where there is none. */
export function largest(numbers: Float32Array): { readonly index: number; readonly value: number } {
  let index = -1;
  let value = -Infinity;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? -Infinity;
    if (number > value) {
      value = number;
      index = at;
    }
  }
  return { index, value };
}
