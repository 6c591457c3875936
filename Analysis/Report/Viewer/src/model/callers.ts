import { outermost } from "./operations.js";
import { omittedMethod, rootMethod, Tree } from "./tree.js";

// Less of the whole is no pixel: it is shown as a sum.
const smallestShare = 1 / 5000;

const figures = ["calls", "self", "total", "waiting"] as const;

/**
 * All that leads to a method, turned round: below the root the method, below each context those that called it. Figures are
 * those of the method's calls that came this way, with recursive ones. It is made level by level; groups that are too small
 * to be seen are one context that says how many they were.
 */
export function callersOf(tree: Tree, method: number): Tree {
  const occurrences = Int32Array.from(outermost(tree, method), ([context]) => context);
  const own = figures.map(name => name === "total"
    ? Float64Array.from(occurrences, context => tree.totals()[context])
    : Float64Array.from(occurrences, context => sumOf(tree, method, name, context)));
  return new Inversion(tree, method, occurrences, own).build();
}

function sumOf(tree: Tree, method: number, name: string, context: number): number {
  const column = tree.columns.get(name);
  if (!column)
    return 0;
  let sum = 0;
  for (let i = context; i < tree.ends[context]; i++) {
    if (tree.methods[i] === method)
      sum += column[i];
  }
  return sum;
}

/** Occurrences that came the same way, and where each of them is on its way out. */
interface Group {
  readonly method: number;
  readonly members: number[];
  readonly children: Group[];
  readonly sums: number[];
  omitted: number;
}

class Inversion {
  private readonly places: Int32Array;
  private readonly smallest: number[];

  constructor(private readonly tree: Tree, private readonly method: number, occurrences: Int32Array,
    private readonly own: readonly Float64Array[]) {
    this.places = occurrences.slice();
    this.smallest = own.map(values => values.reduce((sum, value) => sum + value, 0) * smallestShare);
  }

  build(): Tree {
    const first = this.group(this.method, Array.from(this.places.keys()));
    let level = [first];
    while (level.length > 0) {
      const next: Group[] = [];
      for (const group of level) {
        this.split(group);
        for (const child of group.children) {
          if (child.method >= 0)
            next.push(child);
        }
      }
      level = next;
    }
    return treeOf(first, this.tree.unit);
  }

  private split(group: Group): void {
    const byMethod = new Map<number, number[]>();
    for (const member of group.members) {
      const caller = this.tree.callers[this.places[member]];
      this.places[member] = caller;
      if (caller <= 0)
        continue;
      const method = this.tree.methods[caller];
      const members = byMethod.get(method);
      if (members)
        members.push(member);
      else
        byMethod.set(method, [member]);
    }
    group.members.length = 0;
    const small: number[] = [];
    let omitted = 0;
    for (const [method, members] of byMethod) {
      const child = this.group(method, members);
      if (child.sums.some((sum, i) => sum > 0 && sum >= this.smallest[i])) {
        group.children.push(child);
      } else {
        for (const member of members)
          small.push(member);
        omitted++;
      }
    }
    if (small.length > 0)
      group.children.push({ ...this.group(omittedMethod, small), omitted });
  }

  private group(method: number, members: number[]): Group {
    return { method, members, children: [], sums: this.own.map(values => members.reduce((sum, member) => sum + values[member], 0)), omitted: 0 };
  }
}

function treeOf(first: Group, unit: number): Tree {
  const preorder: { group: Group; caller: number }[] = [];
  const pending: { group: Group; caller: number }[] = [{ group: first, caller: 0 }];
  while (pending.length > 0) {
    const { group, caller } = pending.pop()!;
    preorder.push({ group, caller });
    const place = preorder.length;
    for (let i = group.children.length - 1; i >= 0; i--)
      pending.push({ group: group.children[i], caller: place });
  }
  const count = preorder.length + 1;
  const methods = new Int32Array(count);
  const callers = new Int32Array(count);
  const ends = new Int32Array(count);
  const omitted = new Float64Array(count);
  const columns = new Map(figures.map(name => [name as string, new Float64Array(count)]));
  methods[0] = rootMethod;
  callers[0] = -1;
  preorder.forEach(({ group, caller }, i) => {
    methods[i + 1] = group.method;
    callers[i + 1] = caller;
    omitted[i + 1] = group.omitted;
    figures.forEach((name, figure) => columns.get(name)![i + 1] = group.sums[figure]);
  });
  figures.forEach((name, figure) => columns.get(name)![0] = first.sums[figure]);
  for (let i = count - 1; i >= 0; i--) {
    ends[i] = Math.max(ends[i], i + 1);
    if (i > 0)
      ends[callers[i]] = Math.max(ends[callers[i]], ends[i]);
  }
  return new Tree(methods, callers, ends, columns, omitted, unit, true);
}
