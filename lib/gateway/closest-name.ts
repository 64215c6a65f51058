/** The known name that is nearest to a mistyped one, or null when nothing is close. */
export function closestName(typed: string, names: readonly string[]): string | null {
  const wanted = typed.toLowerCase().slice(0, 100);
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(wanted.length * 0.45));
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), bestDistance);
    if (distance < bestDistance || (best === null && distance <= bestDistance)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best ?? names[0] ?? null;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}
