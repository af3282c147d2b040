/**
 * A field that leaves only those entries of a page standing that contain what the reader types. The entries are there
 * without it, so nothing is missing where scripts are off.
 *
 * `data-entries` and `data-headings` select the headings of entries and of their sections; an entry is its heading and
 * everything up to the next one. What an entry is found by: its heading, the other names and the code in it. The row of
 * a table is an entry by itself, found by all of its words and by those of its section, if it has one. `data-one` and
 * `data-many` say what the entries are called, `data-example` what one might type.
 */

let created = 0;
const TELL_DELAY = 400; // ms; a screen reader should hear the number once, not for each letter

class Filter extends HTMLElement {
  /** @type {{ heading: Element | null, parts: Element[], text: string }[]} */
  #entries = [];

  connectedCallback() {
    if (this.firstElementChild) return;
    const { label = "Filter", entries = "h3", headings = "h2", example = "gguf, 8x7B, temperature …" } = this.dataset;
    this.#entries = read(entries, headings);
    const field = document.createElement("input");
    field.id = `site-filter-${++created}`;
    field.type = "search";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.placeholder = example;
    const name = document.createElement("label");
    name.htmlFor = field.id;
    name.textContent = label;
    const count = document.createElement("output");
    count.htmlFor.add(field.id);
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
    field.addEventListener("input", () => {
      const told = this.#show(field.value, headings);
      clearTimeout(timer);
      timer = setTimeout(() => (count.value = told), TELL_DELAY);
    });
    this.append(name, field, count);
  }

  /**
   * @param {string} query
   * @param {string} headings
   * @returns {string} what a screen reader says about the result
   */
  #show(query, headings) {
    const words = plain(query).split(" ").filter(Boolean);
    // What is out of sight would keep the room of what the filter hides.
    this.closest("article")?.classList.toggle("site-filtered", words.length > 0);
    let found = 0;
    for (const { parts, text } of this.#entries) {
      const fits = words.every((word) => text.includes(word));
      found += Number(fits);
      for (const part of parts) part.toggleAttribute("hidden", !fits);
    }
    for (const heading of document.querySelectorAll(headings)) {
      heading.toggleAttribute("hidden", !this.#entries.some((entry) => entry.heading === heading && !entry.parts[0]?.hasAttribute("hidden")));
    }
    if (words.length === 0) return "";
    const { one = "term", many = "terms" } = this.dataset;
    return found === 0 ? `No ${one} fits.` : `${found} of ${this.#entries.length} ${many}`;
  }
}

/**
 * @param {string} entries
 * @param {string} headings
 */
function read(entries, headings) {
  /** @type {{ heading: Element | null, parts: Element[], text: string }[]} */
  const found = [];
  /** @type {Element | null} */
  let heading = null;
  for (const start of document.querySelectorAll(`${entries}, ${headings}`)) {
    if (start.matches(headings)) {
      heading = start;
      continue;
    }
    if (start.matches("tr")) {
      found.push({ heading, parts: [start], text: plain(`${heading?.textContent ?? ""} ${start.textContent}`) });
      continue;
    }
    if (!heading) continue;
    const parts = [start];
    for (let next = start.nextElementSibling; next && !/^H[1-6]$/.test(next.tagName); next = next.nextElementSibling) parts.push(next);
    const names = parts.flatMap((part) => (part.matches("h3, .site-also, .site-definition") ? [part] : [...part.querySelectorAll("code")]));
    found.push({ heading, parts, text: plain(names.map((name) => name.textContent).join(" ")) });
  }
  return found;
}

/** @param {string | null} text */
function plain(text) {
  return (text ?? "").toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
}

if (!customElements.get("nameplate-filter")) customElements.define("nameplate-filter", Filter);
