/**
 * `<nameplate-name>`: a model name on any page, whose parts say what they mean when they are pressed.
 *
 * The decoder writes the element with everything in it ("Copy to embed"), so nothing is fetched when it is read: neither
 * Python nor data, and no other host learns what is read. Without this script the parts have their meanings as tooltips.
 *
 * This file works by itself and may be copied. It's a classic script, because a browser loads a module from another host only
 * where that host allows it. The colours are between light and dark, so that they show on either.
 */
(() => {
  const NAME = "nameplate-name";
  if (customElements.get(NAME)) return;

  const LOOK = new CSSStyleSheet();
  LOOK.replaceSync(`
    :host { display: inline-block; max-width: 100%; overflow-wrap: anywhere; --np-mark: #808890 }
    ::slotted(span) { text-decoration: underline 2px var(--np-mark); text-underline-offset: 0.2em; cursor: pointer }
    ::slotted([data-means="family"]) { --np-mark: #2f83cc }
    ::slotted([data-means="size"]) { --np-mark: #d0603a }
    ::slotted([data-means="purpose"]) { --np-mark: #2d9156 }
    ::slotted([data-means="version"]) { --np-mark: #a765c9 }
    ::slotted([data-means="format"]) { --np-mark: #a97b1e }
    ::slotted(span:focus-visible), a:focus-visible { outline: 2px solid; outline-offset: 2px }
    ::slotted([aria-expanded="true"]) { background: color-mix(in srgb, var(--np-mark) 25%, transparent) }
    a { color: inherit; margin-inline-start: 0.4em; font-size: 0.85em }
    output { display: block; font: 0.9em/1.4 system-ui, sans-serif }
  `);

  class NameplateName extends HTMLElement {
    #parts = document.createElement("slot");
    #says = document.createElement("output");
    /** @type {Map<Element, string>} */ #meanings = new Map();

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [LOOK];
      root.append(this.#parts, this.#says);
      this.#parts.addEventListener("slotchange", () => this.#takeParts());
      this.addEventListener("click", (event) => this.#press(event.target));
      this.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        if (this.#press(event.target)) event.preventDefault();
      });
    }

    connectedCallback() {
      const address = this.getAttribute("cite") ?? "";
      const isPage = URL.canParse(address, location.href) && /^https?:$/.test(new URL(address, location.href).protocol);
      if (!isPage || this.shadowRoot?.querySelector("a")) return;
      const link = document.createElement("a");
      link.href = address;
      link.textContent = "what it means";
      this.#parts.after(link);
    }

    /** Make buttons of the parts. Their tooltips would cover what a press shows, so they go. */
    #takeParts() {
      for (const part of this.#parts.assignedElements()) {
        const meaning = part.getAttribute("title");
        if (this.#meanings.has(part) || !meaning) continue;
        this.#meanings.set(part, meaning);
        part.removeAttribute("title");
        part.setAttribute("aria-description", meaning);
        part.setAttribute("role", "button");
        part.setAttribute("tabindex", "0");
        part.setAttribute("aria-expanded", "false");
      }
    }

    /** Show what a part means, or hide it again; return whether there is such a part. @param {EventTarget | null} part */
    #press(part) {
      const meaning = part instanceof Element && this.#meanings.get(part);
      if (!meaning) return false;
      const opens = part.getAttribute("aria-expanded") !== "true";
      for (const one of this.#meanings.keys()) one.setAttribute("aria-expanded", String(opens && one === part));
      this.#says.value = opens ? meaning : "";
      return true;
    }
  }

  customElements.define(NAME, NameplateName);
})();
