/** Tallest element that every browser scrolls exactly; Firefox ends at 17.9 million pixels. */
export const MAX_ELEMENT_HEIGHT = 12_000_000;

/** Within this distance of its ends a list scrolls as far as its element, so that both arrive together. */
const EXACT_END = 1_000_000;

export interface ScrollSizes {
  /** Height of the list, which may exceed that of any element. */
  readonly list: number;
  /** Height of the visible part. */
  readonly window: number;
}

/**
 * Scrolls a list that is taller than an element can be: the scroll bar is scaled to the whole list, while wheels,
 * fingers and keys still move the list pixel by pixel.
 */
export class ScrollScale {
  #sizes: ScrollSizes = { list: 0, window: 0 };
  /** Scroll position of the element. */
  #scrollTop = 0;
  /** Scroll position in the list. */
  #y = 0;

  /** Height for the scrolled element. */
  get elementHeight(): number {
    return Math.min(this.#sizes.list, MAX_ELEMENT_HEIGHT);
  }

  /** The offset in the list that is at the top of the window. */
  get y(): number {
    return this.#y;
  }

  /** The scroll position of the element that corresponds to `y`; the actual one drifts away from it with each step. */
  get properScrollTop(): number {
    return this.#elementOf(this.#y);
  }

  /** The difference between an offset in the list and in the element. */
  get offset(): number {
    return this.#y - this.#scrollTop;
  }

  /** Applies new sizes and keeps `y` where possible; returns the new scroll position of the element. */
  resize(sizes: ScrollSizes): number {
    this.#sizes = sizes;
    return this.moveTo(this.#y);
  }

  /** Moves to an offset in the list; returns the new scroll position of the element. */
  moveTo(y: number): number {
    this.#y = Math.max(0, Math.min(y, this.#sizes.list - this.#sizes.window));
    this.#scrollTop = this.#elementOf(this.#y);
    return this.#scrollTop;
  }

  /** To be called when the element was scrolled; returns the new `y`. */
  scrolled(scrollTop: number): number {
    const distance = scrollTop - this.#scrollTop;
    this.#scrollTop = scrollTop;
    const isStep = Math.abs(distance) <= 2 * this.#sizes.window;
    const y = isStep ? this.#y + distance : this.#listOf(scrollTop);
    this.#y = Math.max(0, Math.min(y, this.#sizes.list - this.#sizes.window));
    return this.#y;
  }

  #isScaled(): boolean {
    return this.#sizes.list > MAX_ELEMENT_HEIGHT;
  }

  #listOf(scrollTop: number): number {
    if (!this.#isScaled()) return scrollTop;
    const end = this.elementHeight - this.#sizes.window;
    const listEnd = this.#sizes.list - this.#sizes.window;
    if (scrollTop <= EXACT_END) return scrollTop;
    if (scrollTop >= end - EXACT_END) return listEnd - (end - scrollTop);
    return EXACT_END + (scrollTop - EXACT_END) * this.#ratio();
  }

  #elementOf(y: number): number {
    if (!this.#isScaled()) return y;
    const end = this.elementHeight - this.#sizes.window;
    const listEnd = this.#sizes.list - this.#sizes.window;
    if (y <= EXACT_END) return y;
    if (y >= listEnd - EXACT_END) return end - (listEnd - y);
    return EXACT_END + (y - EXACT_END) / this.#ratio();
  }

  /** Pixels of the list per pixel of the element, away from the ends. */
  #ratio(): number {
    const { list, window } = this.#sizes;
    return (list - window - 2 * EXACT_END) / (this.elementHeight - window - 2 * EXACT_END);
  }
}
