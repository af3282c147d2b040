// The address of a page with a widget: it holds the question that the page answers, so that readers can share it.
//
//   ?q=NAME                 one name
//   ?q=NAME&with=NAME       two names side by side
//   ?q=NAME&q=NAME...       a list of names; ?view=list for an empty list, or one too long for an address

/** @typedef {"one" | "two" | "many"} Mode */
/** @typedef {{ mode: Mode, names: string[] }} Question */

const PAUSE = 350; // ms between changes of the address: browsers limit them, Safari to 100 in 30 s
const LONGEST = 1500; // characters of names; not every program passes on a longer address

/**
 * @param {string} search
 * @returns {Question}
 */
export function questionOf(search) {
  const parameters = new URLSearchParams(search);
  const names = parameters.getAll("q");
  if (names.length > 1 || parameters.get("view") === "list") return { mode: "many", names };
  const other = parameters.get("with");
  return other === null ? { mode: "one", names } : { mode: "two", names: [names[0] ?? "", other] };
}

/**
 * @param {string} base an address, whose other parameters are kept
 * @param {Question} question
 */
export function addressOf(base, { mode, names }) {
  const address = new URL(base);
  const { searchParams } = address;
  for (const parameter of ["q", "with", "view"]) searchParams.delete(parameter);
  if (mode === "many") {
    const fits = names.length > 1 && names.join("").length <= LONGEST;
    if (fits) for (const name of names) searchParams.append("q", name);
    else searchParams.set("view", "list");
    return address.href;
  }
  if (names[0]) searchParams.set("q", names[0]);
  if (mode === "two") searchParams.set("with", names[1] ?? "");
  return address.href;
}

/** Whether an element is the first of its kind in the page: the address belongs to that one. @param {Element} element */
export function ownsAddress(element) {
  return document.querySelector(element.localName) === element;
}

/** The theme takes ?q= for a search, which it opens when it starts: until then, no name is written into the address. */
function themeHasYetToStart() {
  return document.querySelector("script[data-later]") !== null;
}

/** Writes into the address what the page shows. */
export class PageAddress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #page = location.pathname;
  #changed = -PAUSE;
  #owner;

  /** @param {Element} owner the widget that the address describes, if it is the first of its kind */
  constructor(owner) {
    this.#owner = owner;
  }

  /**
   * Change the address, soon. A later call replaces one that still waits.
   * @param {(address: string) => string} change returns the new address when the time has come
   */
  update(change) {
    this.stop();
    const pause = themeHasYetToStart() ? PAUSE : this.#changed + PAUSE - performance.now();
    if (pause > 0) this.#timer = setTimeout(() => this.update(change), pause);
    // A theme may have moved to another page already, while it still fetches what to show there.
    else if (ownsAddress(this.#owner) && location.pathname === this.#page) this.#write(change(location.href));
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {string} address */
  #write(address) {
    if (address === location.href) return;
    history.replaceState(history.state, "", address);
    this.#changed = performance.now();
  }
}
