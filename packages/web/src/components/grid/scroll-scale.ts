/** Tallest element that every browser scrolls exactly; Firefox ends at 17.9 million pixels. */
export const MAX_ELEMENT_HEIGHT = 12_000_000;

/** Near its ends a list moves as far as its scroll bar, so that both arrive together. */
const EXACT_END = 1_000_000;

export interface ScrollSizes {
  /** Height of the list, however tall. */
  readonly list: number;
  /** Height of what is seen of it. */
  readonly window: number;
}

/**
 * Scrolls a list that is taller than an element can be: the scroll bar stands for the whole, while wheels, fingers
 * and keys move it pixel by pixel.
 */
export class ScrollScale {
  #sizes: ScrollSizes = { list: 0, window: 0 };
  /** Of the element. */
  #scrollTop = 0;
  /** Of the list. */
  #y = 0;

  /** Height that the scrolled element has. */
  get elementHeight(): number {
    return Math.min(this.#sizes.list, MAX_ELEMENT_HEIGHT);
  }

  /** The height of the list that is at the top of the window. */
  get y(): number {
    return this.#y;
  }

  /** Where the element should be scrolled to for `y`; differs from where it is after long ways pixel by pixel. */
  get properScrollTop(): number {
    return this.#elementOf(this.#y);
  }

  /** What is added to the element's heights to get the list's. */
  get offset(): number {
    return this.#y - this.#scrollTop;
  }

  /** Takes new sizes; answers where to scroll the element to, so that `y` stays as far as it can. */
  resize(sizes: ScrollSizes): number {
    this.#sizes = sizes;
    return this.moveTo(this.#y);
  }

  /** Shows another part; answers where to scroll the element to. */
  moveTo(y: number): number {
    this.#y = Math.max(0, Math.min(y, this.#sizes.list - this.#sizes.window));
    this.#scrollTop = this.#elementOf(this.#y);
    return this.#scrollTop;
  }

  /** The element was scrolled, by whatever means; answers the new `y`. */
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

  /** Pixels of the list for one of the element, between the ends. */
  #ratio(): number {
    const { list, window } = this.#sizes;
    return (list - window - 2 * EXACT_END) / (this.elementHeight - window - 2 * EXACT_END);
  }
}
