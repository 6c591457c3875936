import { printable } from "../text/printable.js";
import { lastParts } from "../text/names.js";
import { Cursor } from "./bytes.js";
import { contextFigures, rowFigures } from "./figures.js";
import type { Facts, Figures, Method, Profile, Row, Share, Thread, Unit } from "./profile.js";
import { omittedMethod, rootMethod, Tree } from "./tree.js";

const units: readonly Unit[] = ["seconds", "bytes", "none", "samples"];

/** Tells how far long work is, from 0 to 1, and lets the page be drawn. */
export type Progress = (share: number) => Promise<void>;

/** Reads what Analysis/Report/ReportData.cs writes. */
export async function readProfile(bytes: Uint8Array<ArrayBuffer>, progress: Progress): Promise<Profile> {
  const data = new Cursor(bytes);
  const strings = data.list(() => data.text());
  const text = (): string => strings[data.varint()];

  const title = text();
  const unit = units[data.varint()];
  const calls = data.varint();
  const primitive = data.varint();
  const total = data.double();
  const facts = data.list((): Facts => ({ heading: text(), values: data.list(() => [text(), text()] as const) }));
  const methods = data.list(() => methodOf(text(), data.varint(), text(), text()));
  const rows = readRows(data, text);
  const threads: Thread[] = [];
  const threadCount = data.varint();
  for (let i = 0; i < threadCount; i++) {
    threads.push({ name: printable(text()), tree: readTree(data, text) });
    await progress((i + 1) / threadCount);
  }
  const isDifference = threads.some(({ tree }) => tree.has("beforeCalls"));
  if (isDifference)
    addBefore(rows, threads.map(({ tree }) => tree));
  const sources = new Map(data.list(() => [text(), text()] as const));
  return {
    title, unit, calls, primitive, total, facts, methods, rows, threads, sources, isDifference,
    rowOf: new Map(rows.map(row => [row.method, row])),
    calleesOf: calleesOf(rows),
  };
}

function methodOf(file: string, line: number, text: string, assembly: string): Method {
  const isExternal = file === "~";
  const name = printable(isExternal && text.startsWith("<") && text.endsWith(">") ? text.slice(1, -1) : text);
  return { file, line, name, short: lastParts(name, 1), middle: lastParts(name, 2), isExternal, assembly: printable(assembly) };
}

function readRows(data: Cursor, text: () => string): Row[] {
  const columns = data.list(() => ({ name: text(), isTime: data.varint() === 1 }));
  const share = (): Share => {
    const method = data.varint();
    const figures: Record<string, number> = {};
    for (const { name, isTime } of columns)
      figures[name] = isTime ? data.double() : data.zigzag();
    return { method, figures: figures as Figures };
  };
  return data.list(() => ({ ...share(), callers: data.list(share) }));
}

/** Adds the figures before the change, which are those of a method's contexts, and rows of methods that are gone. */
function addBefore(rows: Row[], trees: readonly Tree[]): void {
  const figuresOf = new Map(rows.map(row => [row.method, row.figures as Record<string, number>]));
  const nothing = Object.fromEntries(rowFigures.map(({ name }) => [name, 0]));
  for (const figures of figuresOf.values())
    Object.assign(figures, { beforeCalls: 0, beforeSelf: 0 });
  for (const tree of trees) {
    for (let i = 1; i < tree.count; i++) {
      const method = tree.methods[i];
      if (method < 0)
        continue;
      let figures = figuresOf.get(method);
      if (!figures) {
        figuresOf.set(method, figures = { ...nothing });
        rows.push({ method, figures, callers: [] });
      }
      figures["beforeCalls"] += tree.figure("beforeCalls", i);
      figures["beforeSelf"] += tree.figure("beforeSelf", i) * tree.unit;
    }
  }
}

function calleesOf(rows: readonly Row[]): Map<number, Share[]> {
  const callees = new Map<number, Share[]>();
  for (const row of rows) {
    for (const caller of row.callers) {
      const of = callees.get(caller.method) ?? [];
      of.push({ method: row.method, figures: caller.figures });
      callees.set(caller.method, of);
    }
  }
  return callees;
}

function readTree(data: Cursor, text: () => string): Tree {
  const unit = data.double();
  const count = data.varint() + 1;
  const parts = new Map(data.list(() => [text(), data.part(data.varint())] as const));
  const methods = new Int32Array(count);
  parts.get("method")!.column(methods, false);
  for (let i = 1; i < count; i++)
    methods[i]--;
  methods[0] = rootMethod;
  const { callers, ends } = shapeOf(parts.get("ended")!, count);

  const columns = new Map<string, Float64Array>();
  for (const { name } of contextFigures) {
    const column = readColumn(parts.get(name), count, true);
    if (column)
      columns.set(name, column);
  }
  const omitted = methods.includes(omittedMethod) ? readColumn(parts.get("omitted"), count, false) : undefined;
  return new Tree(methods, callers, ends, columns, omitted, unit);
}

/** A number for each context; undefined if all are 0. */
function readColumn(part: Cursor | undefined, count: number, isSigned: boolean): Float64Array | undefined {
  const column = new Float64Array(count);
  return part?.column(column, isSigned) ? column : undefined;
}

function shapeOf(ended: Cursor, count: number): { callers: Int32Array; ends: Int32Array } {
  const callers = new Int32Array(count);
  const ends = new Int32Array(count);
  const left = new Int32Array(count);
  ended.column(left, false);
  callers[0] = -1;
  let caller = 0;
  for (let i = 1; i < count; i++) {
    for (let j = left[i]; j > 0; j--) {
      ends[caller] = i;
      caller = callers[caller];
    }
    callers[i] = caller;
    caller = i;
  }
  for (; caller >= 0; caller = callers[caller])
    ends[caller] = count;
  return { callers, ends };
}
