import type { Method } from "./profile.js";
import type { Tree } from "./tree.js";

/** Tells which methods are meant by a text: a part of the name, the file or the assembly in any case, or a regular expression between
 * slashes. Undefined if all are. */
export function matchesOf(methods: readonly Method[], query: string): Uint8Array | undefined {
  if (query === "")
    return undefined;
  const test = testOf(query);
  return Uint8Array.from(methods, method => test(method.name) || test(method.file) || test(method.assembly) ? 1 : 0);
}

function testOf(query: string): (text: string) => boolean {
  const expression = /^\/(.+)\/$/.exec(query);
  if (expression) {
    try {
      const pattern = new RegExp(expression[1], "i");
      return text => pattern.test(text);
    } catch {
      // It is still being typed.
      return () => false;
    }
  }
  const lower = query.toLowerCase();
  return text => text.toLowerCase().includes(lower);
}

/** What is inside contexts that match, each part once. */
export function weightOfMatches(tree: Tree, weights: Float64Array, matches: Uint8Array): { weight: number; contexts: number } {
  let weight = 0;
  let contexts = 0;
  let outside = 0;
  for (let i = 1; i < tree.count; i++) {
    const method = tree.methods[i];
    if (method < 0 || matches[method] === 0)
      continue;
    contexts++;
    if (i >= outside) {
      weight += weights[i];
      outside = tree.ends[i];
    }
  }
  return { weight, contexts };
}
