/** Shortens names to what fits, and remembers how wide characters are: measuring is slow. */
export class Labels {
  private readonly widths = new Map<string, number>();

  constructor(private readonly context: CanvasRenderingContext2D) {
  }

  /** The first of some texts that fits; else the last, cut; empty if not even that says anything. */
  fitting(texts: readonly string[], width: number): string {
    for (const text of texts) {
      if (this.widthOf(text, width) <= width)
        return text;
    }
    const last = texts[texts.length - 1];
    let room = width - this.widthOfCharacter("…");
    let end = 0;
    for (; end < last.length; end++) {
      room -= this.widthOfCharacter(last[end]);
      if (room < 0)
        break;
    }
    return end < 2 ? "" : `${last.slice(0, end)}…`;
  }

  private widthOf(text: string, enough: number): number {
    let width = 0;
    for (let i = 0; i < text.length && width <= enough; i++)
      width += this.widthOfCharacter(text[i]);
    return width;
  }

  private widthOfCharacter(character: string): number {
    let width = this.widths.get(character);
    if (width === undefined)
      this.widths.set(character, width = this.context.measureText(character).width);
    return width;
  }
}
