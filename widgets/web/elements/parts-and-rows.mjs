// The parts of a name and the rows that explain them: where the reader points at one, or moves the focus to it, both are
// marked. A part that is pointed at says its sentence in a tooltip, and one that is pressed leads to its row.
import { make } from "./dom.mjs";

const MARKED = "np-marked";
const EDGE = 4; // px between a tooltip and the edge of the window

export class PartsAndRows {
  #tooltip = make("div", "np-tooltip");
  /** What the marks and the tooltip are for. @type {Element | undefined} */ #shown;

  /**
   * @param {HTMLElement} decoder the element around the readings
   * @param {AbortSignal} signal
   */
  constructor(decoder, signal) {
    this.#tooltip.setAttribute("aria-hidden", "true"); // the part's description says the same
    this.#tooltip.popover = "manual"; // above everything, and cut off by nothing
    decoder.append(this.#tooltip);
    const turnTo = (/** @type {Event} */ event) => this.#turnTo(event);
    decoder.addEventListener("pointerover", turnTo, { signal });
    decoder.addEventListener("focusin", turnTo, { signal });
    decoder.addEventListener("click", (event) => this.#lead(event), { signal });
    decoder.addEventListener("pointerleave", () => this.#leave(), { signal });
    decoder.addEventListener("focusout", () => this.#leave(), { signal });
    addEventListener("scroll", () => this.#hideTooltip(), { signal, capture: true, passive: true });
    addEventListener("keydown", ({ key }) => key === "Escape" && this.#hideTooltip(), { signal, capture: true });
    signal.addEventListener("abort", () => this.#tooltip.remove());
  }

  /** @param {Event} event */
  #turnTo({ target, type }) {
    if (!(target instanceof Element) || this.#tooltip.contains(target)) return;
    const found = target.closest(".np-reading [data-row]") ?? undefined;
    if (found === this.#shown) return;
    this.#leave(found);
    if (!found) return;
    this.#mark(found);
    if (found instanceof HTMLButtonElement && (type !== "focusin" || found.matches(":focus-visible"))) this.#showTooltip(found);
  }

  /** Turn back to what has the focus, if anything has. @param {Element} [next] what the reader turns to now */
  #leave(next) {
    const { activeElement } = document;
    for (const marked of document.querySelectorAll(`.${MARKED}`)) marked.classList.remove(MARKED);
    this.#hideTooltip();
    this.#shown = next;
    const focused = next ? undefined : activeElement?.closest(".np-reading [data-row]");
    if (focused) this.#mark(focused);
  }

  /** @param {Element} found */
  #mark(found) {
    for (const one of together(found)) one.classList.add(MARKED);
  }

  /** @param {HTMLButtonElement} part */
  #showTooltip(part) {
    const text = part.getAttribute("aria-description");
    if (!text || !this.#tooltip.showPopover) return;
    this.#tooltip.textContent = text;
    this.#tooltip.showPopover();
    const { left, top, bottom } = part.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = this.#tooltip;
    const above = top - offsetHeight; // they touch: on the way from one to the other, the pointer is over nothing else
    style.left = `${Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - offsetWidth - EDGE))}px`;
    style.top = `${above > EDGE ? above : bottom}px`;
  }

  #hideTooltip() {
    if (this.#tooltip.matches(":popover-open")) this.#tooltip.hidePopover();
  }

  /** Lead from a part to its row. @param {Event} event */
  #lead({ target }) {
    const part = target instanceof Element && target.closest("button[data-row]");
    if (!part) return;
    this.#hideTooltip();
    together(part).find((one) => one.matches(".np-part"))?.scrollIntoView({ block: "nearest" });
  }
}

/** Return the row and all parts that it explains. @param {Element} one a row, or a part */
function together(one) {
  const row = one.getAttribute("data-row");
  return [...(one.closest(".np-reading")?.querySelectorAll(`[data-row="${row}"]`) ?? [])];
}
