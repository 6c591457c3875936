import { namespaceOf } from "../text/names.js";
import type { Profile } from "../model/profile.js";
import type { Tree } from "../model/tree.js";

export interface Paint {
  readonly fill: string;
  readonly text: string;
}

/** What stands for a color beside the graph. */
export interface Legend {
  readonly title: string;
  readonly paint: Paint;
}

export interface Coloring {
  paintOf(context: number): Paint;
  readonly legend: readonly Legend[];
}

const colorings: readonly { value: string; title: string }[] = [
  { value: "namespace", title: "Namespace" },
  { value: "folder", title: "Source folder" },
  { value: "assembly", title: "Assembly" },
  { value: "share", title: "Own share" },
  { value: "calls", title: "Calls" },
];

/** Whether the colors stand for groups of methods, whatever tree they are in. */
export function isOfGroups(kind: string): boolean {
  return kind === "namespace" || kind === "folder" || kind === "assembly";
}

/** What the colors can stand for. */
export function coloringsOf(profile: Profile): typeof colorings {
  const known = colorings.filter(({ value }) => value !== "assembly" || profile.methods.some(method => method.assembly && !method.isExternal));
  return profile.isDifference ? [{ value: "difference", title: "Difference" }, ...known] : known;
}

// Paul Tol's "light" scheme: the color-blind tell its colors apart, and black text can be read on all of them. For dark
// pages the same hues, so dark that white text can be read.
const groupsOnLight = ["#77aadd", "#ee8866", "#eedd88", "#44bb99", "#ffaabb", "#99ddff", "#bbcc33", "#aaaa00"];
const groupsOnDark = ["#2f5f8f", "#95452b", "#6d5c12", "#1c6b57", "#93415a", "#256f8f", "#566114", "#5c5c00"];

// Steps from little to much whose brightness changes evenly, for the color-blind too: Tol's YlOrBr, and cividis.
const heatOnLight = ["#fffbe0", "#fff0b0", "#fedc85", "#fec04a", "#fa9928", "#e87419", "#b8480a"];
const heatOnDark = ["#1d2f52", "#33466c", "#555b6d", "#787776", "#a09876", "#cdbd63", "#fee838"];

// From less to more, for the color-blind too: blue and orange (PuOr and RdBu of ColorBrewer), by brightness on both sides.
const differenceOnLight = ["#2166ac", "#67a9cf", "#d1e5f0", "#f0f0f0", "#fee0b6", "#f1a340", "#b35806"];
const differenceOnDark = ["#6fb1e8", "#3a79ad", "#26435f", "#30363d", "#5f4220", "#a8651b", "#f5a742"];

const black = "#000000";
const white = "#ffffff";

export function isDark(): boolean {
  const theme = document.documentElement.dataset["theme"];
  return theme === "dark" || theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches;
}

export function isForced(): boolean {
  return matchMedia("(forced-colors: active)").matches;
}

/** The colors of a tree's contexts. */
export function coloringOf(profile: Profile, tree: Tree, kind: string, metric = "total"): Coloring {
  if (isForced())
    return { paintOf: () => ({ fill: "Canvas", text: "CanvasText" }), legend: [] };
  if (kind === "difference" && profile.isDifference)
    return difference(tree, metric);
  return kind === "share" || kind === "calls" ? scale(tree, kind) : groups(profile, tree, kind);
}

function groups(profile: Profile, tree: Tree, kind: string): Coloring {
  const dark = isDark();
  const palette = (dark ? groupsOnDark : groupsOnLight).map(fill => ({ fill, text: dark ? white : black }));
  const others: Paint = dark ? { fill: "#3d444d", text: white } : { fill: "#dddddd", text: black };
  const outside: Paint = dark ? { fill: "#2a3038", text: "#d5dae1" } : { fill: "#eceef1", text: "#24292f" };
  const nameOf = (number: number): string => {
    const method = profile.methods[number];
    return kind === "folder" ? method.file.replace(/[\\/][^\\/]*$/, "") : kind === "assembly" ? method.assembly : namespaceOf(method.name);
  };

  const weights = new Map<string, number>();
  for (const row of profile.rows) {
    if (!profile.methods[row.method].isExternal)
      weights.set(nameOf(row.method), (weights.get(nameOf(row.method)) ?? 0) + (profile.unit === "none" ? row.figures["calls"] : row.figures["self"]));
  }
  const ranked = [...weights].sort((left, right) => right[1] - left[1]).map(([name]) => name);
  const paints = new Map(ranked.map((name, i) => [name, palette[i] ?? others]));
  const ofMethod = profile.methods.map((method, i) => method.isExternal ? outside : paints.get(nameOf(i)) ?? others);
  const legend = ranked.slice(0, palette.length).map(title => ({ title, paint: paints.get(title)! }));
  if (ranked.length > palette.length)
    legend.push({ title: `${ranked.length - palette.length} others`, paint: others });
  if (profile.methods.some(method => method.isExternal))
    legend.push({ title: "external", paint: outside });
  return { paintOf: context => tree.methods[context] < 0 ? others : ofMethod[tree.methods[context]], legend };
}

/** How much more or less there is of a context than before: of its calls, or of its time. */
function difference(tree: Tree, metric: string): Coloring {
  const dark = isDark();
  const fills = dark ? differenceOnDark : differenceOnLight;
  const paints = fills.map((fill, i) => ({ fill, text: dark === (i === 0 || i === fills.length - 1) ? black : white }));
  const figures = (context: number): readonly [number, number] => metric === "calls" ? [tree.figure("beforeCalls", context), tree.figure("calls", context)]
    : metric === "total" ? [tree.sumsOf("beforeSelf")[context], tree.figure("total", context)]
    : [tree.figure("beforeSelf", context), tree.figure("self", context)];
  const middle = (fills.length - 1) / 2;
  return {
    paintOf: context => {
      const [before, now] = figures(context);
      const share = (now - before) / Math.max(Math.abs(now), Math.abs(before), Number.MIN_VALUE);
      // Whatever differs by a hundredth is not gray.
      const step = Math.abs(share) < 0.01 ? 0 : Math.sign(share) * Math.max(1, Math.round(Math.abs(share) * middle));
      return paints[Math.max(0, Math.min(fills.length - 1, middle + step))];
    },
    legend: [
      { title: "gone", paint: paints[0] }, { title: "less", paint: paints[1] }, { title: "as before", paint: paints[middle] },
      { title: "more", paint: paints[fills.length - 2] }, { title: "new", paint: paints[fills.length - 1] },
    ],
  };
}

function scale(tree: Tree, kind: "share" | "calls"): Coloring {
  const heat = isDark() ? heatOnDark : heatOnLight;
  const values = tree.columns.get(kind === "share" ? "self" : "calls");
  const most = values?.reduce((most, value) => Math.max(most, value), 0) ?? 0;
  // Few contexts have much: logarithms tell the others apart. Four decades for shares.
  const stepOf = (value: number): number => {
    if (!(value > 0))
      return 0;
    const share = kind === "share" ? 1 + Math.log10(value / most) / 4 : Math.log(value) / Math.max(1, Math.log(most));
    return Math.max(0, Math.min(heat.length - 1, Math.round(share * (heat.length - 1))));
  };
  const paints = heat.map((fill, i) => ({ fill, text: isDark() ? i < 3 ? white : black : i < heat.length - 1 ? black : white }));
  return {
    paintOf: context => paints[stepOf(values?.[context] ?? 0)],
    legend: [
      { title: kind === "share" ? "little time of its own" : "few calls", paint: paints[0] },
      { title: kind === "share" ? "most" : "most calls", paint: paints[paints.length - 1] },
    ],
  };
}
