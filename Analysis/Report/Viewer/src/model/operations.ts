import type { Progress } from "./reader.js";
import { TreeBuilder } from "./treebuilder.js";
import type { Tree } from "./tree.js";

const step = 1 << 18;

// After how many milliseconds it is told how far work is.
const patience = 100;

/** The tree without recursion: what a method calls while it is already active belongs to the activation that was first. */
export async function collapseRecursion(tree: Tree, methodCount: number, progress: Progress): Promise<Tree> {
  const builder = new TreeBuilder(tree.unit);
  const add = builder.adderOf(tree);
  const active = new Int32Array(methodCount);
  const places = new Int32Array(tree.count);
  const path: number[] = [];
  for (let i = 1; i < tree.count; i++) {
    if (i % step === 0)
      await progress(i / tree.count);
    while (path.length > 0 && tree.ends[path[path.length - 1]] <= i) {
      const left = path.pop()!;
      active[tree.methods[left]] = 0;
    }
    const method = tree.methods[i];
    const first = method >= 0 ? active[method] : 0;
    const place = first !== 0 ? first : builder.child(places[tree.callers[i]], method);
    places[i] = place;
    add(place, i);
    if (first === 0 && method >= 0) {
      active[method] = place;
      path.push(i);
    }
  }
  return builder.build();
}

/** All that a method calls, wherever it is called: below it as the root's only child. */
export async function calleesOf(tree: Tree, method: number, progress: Progress): Promise<Tree> {
  const builder = new TreeBuilder(tree.unit);
  const copy = copier(tree, builder);
  let next = performance.now() + patience;
  for (const [context, share] of outermost(tree, method)) {
    copy(context, tree.ends[context]);
    if (performance.now() > next) {
      await progress(share);
      next = performance.now() + patience;
    }
  }
  return builder.build();
}

/** The contexts of a method that are not inside another one of it, each with how far the search is. */
export function* outermost(tree: Tree, method: number): Generator<readonly [context: number, share: number]> {
  for (let i = 1; i < tree.count;) {
    if (tree.methods[i] !== method) {
      i++;
      continue;
    }
    yield [i, i / tree.count];
    i = tree.ends[i];
  }
}

// Makes a function that adds contexts to a tree, each below its caller; those whose caller was not added, below the root.
function copier(tree: Tree, builder: TreeBuilder): (begin: number, end: number) => void {
  const places = new Int32Array(tree.count);
  const add = builder.adderOf(tree);
  return (begin, end) => {
    for (let i = begin; i < end; i++) {
      const place = builder.child(places[tree.callers[i]], tree.methods[i]);
      places[i] = place;
      add(place, i);
    }
  };
}
