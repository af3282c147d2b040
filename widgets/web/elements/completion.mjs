// Offers catalogued names below a field while the reader types: a combobox with a list box, as keyboards and screen readers
// know it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Loaded when it's first wanted.
import { make } from "./dom.mjs";

const MOST = 8; // offers
const LEAST = 2; // letters, below which there's too much to offer

/** Every catalogued name, on its way. @type {Promise<string[]> | undefined} */ let loading;

/** @param {string} address of the names that the site publishes */
async function namesFrom(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return /** @type {string[]} */ ((await response.json()).names);
}

export class Completion {
  #field;
  #address;
  #taken;
  #list = make("ul", "np-offers");
  /** @type {string[]} */ #offers = [];
  #active = -1;
  #taking = false;

  /**
   * @param {HTMLInputElement} field
   * @param {string} address of the names
   * @param {() => void} taken is called when the reader has taken an offer
   */
  constructor(field, address, taken) {
    this.#field = field;
    this.#address = address;
    this.#taken = taken;
    this.#list.id = `${field.id}-offers`;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Catalogued names");
    this.#list.hidden = true;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.#list.id);
    field.after(this.#list);
    this.#close();
    field.addEventListener("input", () => void this.update());
    field.addEventListener("keydown", (event) => this.#press(event));
    field.addEventListener("blur", () => this.#close());
    field.form?.addEventListener("submit", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
    this.#list.addEventListener("click", ({ target }) => {
      const option = target instanceof Element && target.closest("[role=option]");
      if (option) this.#take([...this.#list.children].indexOf(option));
    });
  }

  /** Offer what fits the text of the field now. */
  async update() {
    if (this.#taking) return;
    const text = this.#field.value.trim();
    if (text.length < LEAST) return this.#close();
    loading ??= namesFrom(this.#address);
    const names = await loading.catch((error) => (console.info(error), (loading = undefined), []));
    if (text !== this.#field.value.trim() || document.activeElement !== this.#field) return;
    this.#show(fitting(names, text));
  }

  /** @param {string[]} offers */
  #show(offers) {
    if (!offers.length) return this.#close();
    this.#offers = offers;
    this.#list.replaceChildren(...offers.map((name, number) => this.#option(name, number)));
    this.#list.hidden = false;
    this.#field.setAttribute("aria-expanded", "true");
    this.#turnTo(-1);
  }

  /**
   * @param {string} name
   * @param {number} number
   */
  #option(name, number) {
    const option = make("li", "np-offer", name);
    option.id = `${this.#list.id}-${number}`;
    option.translate = false;
    option.setAttribute("role", "option");
    return option;
  }

  #close() {
    this.#list.hidden = true;
    this.#field.setAttribute("aria-expanded", "false");
    this.#turnTo(-1);
  }

  /** Mark an offer; -1 for none, which leaves the reader in the text. @param {number} number */
  #turnTo(number) {
    this.#active = number;
    [...this.#list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const option = this.#list.children[number];
    if (option) this.#field.setAttribute("aria-activedescendant", option.id);
    else this.#field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (this.#list.hidden || event.isComposing) return;
    const many = this.#offers.length + 1; // the text itself is one of the places
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#turnTo(((this.#active + 1 + step + many) % many) - 1);
    else if (event.key === "Enter" && this.#active >= 0) this.#take(this.#active);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
  }

  /** @param {number} number */
  #take(number) {
    this.#taking = true;
    this.#field.value = this.#offers[number] ?? "";
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#taking = false;
    this.#close();
    this.#taken();
  }
}

/**
 * Return the names that hold every word of a text, those that begin with it first.
 * @param {string[]} names
 * @param {string} text
 */
export function fitting(names, text) {
  const wanted = text.toLowerCase();
  const words = wanted.split(/[\s_-]+/).filter(Boolean);
  const found = [];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (!words.every((word) => lower.includes(word))) continue;
    if (lower === wanted) return [];
    const own = lower.slice(lower.lastIndexOf("/") + 1);
    found.push({ name, rank: own.startsWith(wanted) ? 0 : lower.startsWith(wanted) ? 1 : own.startsWith(words[0] ?? "") ? 2 : 3 });
  }
  found.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length);
  return found.slice(0, MOST).map(({ name }) => name);
}
