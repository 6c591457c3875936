/** The parts of a name between its dots, of which those in brackets are none. */
export function partsOf(name: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < name.length; i++) {
    const character = name[i];
    if (character === "<" || character === "(" || character === "[")
      depth++;
    else if (character === ">" || character === ")" || character === "]")
      depth--;
    else if (character === "." && depth === 0 && i > start) {
      parts.push(name.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(name.slice(start));
  return parts;
}

/** The last parts of a name, so many that it says which method it is: a lambda is one of its method. */
export function lastParts(name: string, count: number): string {
  const parts = partsOf(name);
  let first = parts.length - count;
  while (first > 0 && parts[first].startsWith("<"))
    first--;
  return parts.slice(Math.max(0, first)).join(".");
}

/** The namespace of a method, as far as its name tells it: all but the method, its lambdas and its type. */
export function namespaceOf(name: string): string {
  const parts = partsOf(name);
  let end = parts.length;
  while (end > 1 && parts[end - 1].startsWith("<"))
    end--;
  return parts.slice(0, Math.max(1, end - 2)).join(".");
}
