// "Did you mean": which of some names were probably meant by what was typed. It knows nothing of what the names name.

/**
 * The names that look or begin like what was typed, the nearest first.
 * @returns at most `limit` of them; none when nothing is near
 */
export function nearestNames(typed: string, names: readonly string[], limit = 3): string[] {
  // A pasted novel is no name, and the distance takes time that grows with the square of its length.
  const input = typed.toLowerCase().slice(0, 80);
  if (input === '') return [];
  return names
    .map((name) => ({ name, distance: likeness(input, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(input.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

function likeness(input: string, name: string): number {
  // A part of a name, or a name with something after it, was more likely meant than a name of other letters.
  if (input.length >= 3 && (name.includes(input) || input.includes(name))) return 0.5;
  return editDistance(input, name);
}

/** How many letters must be put in, taken out, changed, or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
