import { Labels } from "./labels.js";
import type { Boxes, Layout } from "./layout.js";
import type { Coloring, Paint } from "./colors.js";
import { h } from "./dom.js";

const rowHeight = 20;
const padding = 4;
const duration = 180;
const hatchFill = "narrow";

/** What a flame graph shows, and what it tells of. */
export interface FlameModel {
  readonly layout: Layout;
  readonly coloring: Coloring;
  readonly zoom: number;
  readonly selected: number;
  /** How many levels at the root are left out. */
  readonly skipped: number;
  /** By method; undefined: nothing is searched for. */
  readonly matches: Uint8Array | undefined;
  /** Names of a context, from the longest to the shortest. */
  namesOf(context: number): readonly string[];
  /** The name of a box that stands for contexts that are too narrow. */
  narrowName(count: number): string;
}

export interface FlameEvents {
  select(context: number): void;
  zoom(context: number): void;
  /** The mouse is over a box; undefined: over none. */
  hover(box: { context: number; narrow: number; x: number; y: number } | undefined): void;
}

/** A canvas with boxes. It draws what is in the window; the mouse and the keys of the view that has it move it. */
export class FlameCanvas {
  readonly element: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly spacer = h("div", { class: "flame-spacer" });
  private readonly context: CanvasRenderingContext2D;
  private readonly labels: Labels;
  private model: FlameModel | undefined;
  private boxes: Boxes | undefined;
  private range: readonly [number, number] = [0, 1];
  private animation = 0;
  private scheduled = 0;
  private hovered = -1;

  constructor(label: string, private readonly isUpward: boolean, private readonly events: FlameEvents) {
    this.canvas = h("canvas", { class: "flame-canvas" });
    this.element = h("div", { class: "flame", tabindex: 0, role: "img", "aria-label": label }, h("div", { class: "flame-window" }, this.canvas), this.spacer);
    this.context = this.canvas.getContext("2d")!;
    this.context.font = this.font();
    this.labels = new Labels(this.context);
    new ResizeObserver(() => {
      this.relayout();
      if (this.isUpward && this.model)
        this.reveal(this.model.zoom, true);
    }).observe(this.element);
    this.element.addEventListener("scroll", () => this.schedule());
    this.listen();
  }

  show(model: FlameModel): void {
    const before = this.model;
    this.model = model;
    const isSame = before?.layout === model.layout;
    if (isSame && before.zoom === model.zoom) {
      this.schedule();
      return;
    }
    const start = model.layout.startOf(model.zoom);
    this.moveTo([start, start + model.layout.weights[model.zoom]], isSame);
    this.reveal(model.zoom, true);
  }

  /** Zooms about a place of the window, from 0 to 1, without choosing a context. */
  magnify(factor: number, about: number): void {
    if (!this.model)
      return;
    const [from, to] = this.range;
    const whole = this.model.layout.weights[0];
    const width = Math.min(whole, Math.max(whole * 1e-9, (to - from) / factor));
    const start = Math.max(0, Math.min(whole - width, from + (to - from - width) * about));
    this.setRange([start, start + width]);
  }

  /** Moves the window by a part of its width. */
  pan(share: number): void {
    const whole = this.model?.layout.weights[0] ?? 0;
    const [from, to] = this.range;
    const start = Math.max(0, Math.min(whole - (to - from), from + (to - from) * share));
    this.setRange([start, start + to - from]);
  }

  /** Scrolls to a context. */
  reveal(context: number, asFirst = false): void {
    const level = this.model!.layout.tree.path(context).length - 1 - this.model!.skipped;
    const height = this.element.clientHeight;
    const top = this.isUpward ? this.fullHeight() - (level + 1) * rowHeight : level * rowHeight;
    if (asFirst)
      this.element.scrollTop = this.isUpward ? top - height + 3 * rowHeight : top - 2 * rowHeight;
    else if (top < this.element.scrollTop || top + rowHeight > this.element.scrollTop + height)
      this.element.scrollTop = top - height / 2;
  }

  private moveTo(range: readonly [number, number], isAnimated: boolean): void {
    cancelAnimationFrame(this.animation);
    const before = this.range;
    if (!isAnimated || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.setRange(range);
      return;
    }
    const begin = performance.now();
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - begin) / duration));
      const eased = 1 - (1 - share) ** 3;
      this.setRange([before[0] + (range[0] - before[0]) * eased, before[1] + (range[1] - before[1]) * eased], true);
      if (share < 1)
        this.animation = requestAnimationFrame(step);
    };
    // How deep it will be is known at once, so that it can be scrolled.
    this.setRange(range);
    this.animation = requestAnimationFrame(step);
  }

  private setRange(range: readonly [number, number], isStep = false): void {
    if (!isStep)
      cancelAnimationFrame(this.animation);
    this.range = range;
    this.relayout();
  }

  private relayout(): void {
    const width = this.element.clientWidth;
    if (!this.model || width === 0)
      return;
    this.boxes = this.model.layout.boxes(this.range[0], this.range[1], width);
    this.spacer.style.height = `${this.fullHeight()}px`;
    this.schedule();
  }

  private fullHeight(): number {
    return Math.max(((this.boxes?.levels.length ?? 1) - 1 - (this.model?.skipped ?? 0)) * rowHeight + 2, this.isUpward ? this.element.clientHeight : 0);
  }

  private schedule(): void {
    if (this.scheduled === 0)
      this.scheduled = requestAnimationFrame(() => this.draw());
  }

  private font(): string {
    return `12px ${getComputedStyle(document.documentElement).getPropertyValue("--font")}`;
  }

  private draw(): void {
    this.scheduled = 0;
    const { model, boxes, context } = this;
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    if (!model || !boxes || width === 0)
      return;
    const ratio = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = this.font();
    context.textBaseline = "middle";
    const look = this.look();
    for (let level = model.skipped; level < boxes.levels.length - 1; level++) {
      const top = this.topOf(level);
      if (top + rowHeight < 0 || top > height)
        continue;
      for (let i = boxes.levels[level]; i < boxes.levels[level + 1]; i++)
        this.drawBox(model, boxes, i, top, look);
    }
  }

  private topOf(level: number): number {
    const scrolled = this.element.scrollTop;
    const row = level - this.model!.skipped;
    return this.isUpward ? this.fullHeight() - (row + 1) * rowHeight - scrolled : row * rowHeight - scrolled;
  }

  private drawBox(model: FlameModel, boxes: Boxes, i: number, top: number, look: Look): void {
    const { context } = this;
    const of = boxes.contexts[i];
    const isNarrow = boxes.narrow[i] > 0;
    const method = model.layout.tree.methods[of];
    const [left, width] = [boxes.left[i], boxes.width[i]];
    const isSelected = of === model.selected && of !== 0 && !isNarrow;
    const isMatch = !model.matches || !isNarrow && method >= 0 && model.matches[method] === 1;
    const paint = isNarrow ? { fill: hatchFill, text: look.muted }
      : of === 0 ? look.root
      : isMatch ? model.coloring.paintOf(of) : look.dimmed;
    // A gap tells neighbors apart; where there is no room for one, they may run into one another.
    const gap = width > 3 ? 1 : 0;
    context.fillStyle = paint.fill === hatchFill ? look.hatch : paint.fill;
    context.fillRect(left, top, width - gap, rowHeight - 1);
    if (look.isForced && width > 3) {
      context.strokeStyle = isSelected ? "Highlight" : "CanvasText";
      context.strokeRect(left + 0.5, top + 0.5, width - 2, rowHeight - 2);
    }
    if (model.matches && isMatch && !look.isForced && width > 2) {
      context.fillStyle = look.accent;
      context.fillRect(left, top + rowHeight - 4, width - gap, 3);
    }
    if (width > 24) {
      const text = this.labels.fitting(isNarrow ? [model.narrowName(boxes.narrow[i])] : model.namesOf(of), width - 2 * padding);
      context.fillStyle = paint.text;
      context.fillText(text, left + padding, top + rowHeight / 2);
    }
    if (isSelected || i === this.hovered) {
      context.strokeStyle = look.isForced ? "Highlight" : look.outline;
      context.lineWidth = isSelected ? 2 : 1;
      context.strokeRect(left + 1, top + 1, Math.max(1, width - 2 - gap), rowHeight - 3);
      context.lineWidth = 1;
    }
  }

  private look(): Look {
    const style = getComputedStyle(document.documentElement);
    const value = (name: string): string => style.getPropertyValue(name).trim();
    return {
      isForced: matchMedia("(forced-colors: active)").matches,
      muted: value("--muted"), accent: value("--accent"), outline: value("--text"),
      root: { fill: value("--panel-strong"), text: value("--text") },
      dimmed: { fill: value("--panel"), text: value("--muted") },
      hatch: this.hatchOf(value("--panel"), value("--border")),
    };
  }

  private hatchOf(background: string, line: string): CanvasPattern | string {
    const tile = new OffscreenCanvas(6, 6);
    const context = tile.getContext("2d")!;
    context.fillStyle = background;
    context.fillRect(0, 0, 6, 6);
    context.strokeStyle = line;
    context.beginPath();
    for (const x of [-6, 0, 6]) {
      context.moveTo(x, 6);
      context.lineTo(x + 6, 0);
    }
    context.stroke();
    return this.context.createPattern(tile, "repeat") ?? background;
  }

  private hit(event: MouseEvent): number {
    const bounds = this.element.getBoundingClientRect();
    const [x, y] = [event.clientX - bounds.left, event.clientY - bounds.top + this.element.scrollTop];
    const level = Math.floor((this.isUpward ? this.fullHeight() - y : y) / rowHeight) + (this.model?.skipped ?? 0);
    const boxes = this.boxes;
    if (!boxes || level < 0 || level >= boxes.levels.length - 1)
      return -1;
    for (let i = boxes.levels[level]; i < boxes.levels[level + 1]; i++) {
      if (x >= boxes.left[i] && x < boxes.left[i] + boxes.width[i])
        return i;
    }
    return -1;
  }

  private listen(): void {
    let pressed: { x: number; range: readonly [number, number] } | undefined;
    let isDragged = false;
    this.element.addEventListener("pointerdown", event => {
      pressed = { x: event.clientX, range: this.range };
      isDragged = false;
    });
    this.element.addEventListener("pointermove", event => {
      if (pressed && event.buttons === 1 && Math.abs(event.clientX - pressed.x) > 4) {
        isDragged = true;
        const width = pressed.range[1] - pressed.range[0];
        const whole = this.model?.layout.weights[0] ?? 0;
        const start = pressed.range[0] - (event.clientX - pressed.x) / this.element.clientWidth * width;
        const clamped = Math.max(0, Math.min(whole - width, start));
        this.setRange([clamped, clamped + width]);
      }
      const i = this.hit(event);
      if (i !== this.hovered) {
        this.hovered = i;
        this.schedule();
      }
      this.events.hover(i < 0 ? undefined : { context: this.boxes!.contexts[i], narrow: this.boxes!.narrow[i], x: event.clientX, y: event.clientY });
    });
    this.element.addEventListener("pointerleave", () => {
      this.hovered = -1;
      this.schedule();
      this.events.hover(undefined);
    });
    this.element.addEventListener("click", event => {
      pressed = undefined;
      const i = this.hit(event);
      if (!isDragged && i >= 0)
        this.events.select(this.boxes!.contexts[i]);
    });
    this.element.addEventListener("dblclick", event => {
      const i = this.hit(event);
      if (i >= 0)
        this.events.zoom(this.boxes!.contexts[i]);
    });
    this.element.addEventListener("wheel", event => {
      if (!event.ctrlKey && !event.metaKey)
        return;
      event.preventDefault();
      this.magnify(Math.exp(-event.deltaY / 200), event.offsetX / this.element.clientWidth);
    }, { passive: false });
  }
}

interface Look {
  readonly isForced: boolean;
  readonly muted: string;
  readonly accent: string;
  readonly outline: string;
  readonly root: Paint;
  readonly dimmed: Paint;
  readonly hatch: CanvasPattern | string;
}
