// The address of a page with a decoder: what it says is what the page shows, so that it can be passed on.
//
//   ?q=NAME                 one name
//   ?q=NAME&with=NAME       two names side by side
//   ?q=NAME&q=NAME...       a list of names; ?view=list where they are none, or too many for an address

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

/** The theme takes ?q= for a search, which it opens when it starts: until then, no name is written into the address. */
function themeIsComing() {
  return document.querySelector("script[data-later]") !== null;
}

/** Keeps the address in step with what the page shows. */
export class KeptAddress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #page = location.pathname;
  #changed = -PAUSE;
  #leads;

  /** @param {() => boolean} leads whether the address belongs to this widget */
  constructor(leads) {
    this.#leads = leads;
  }

  /** @param {(address: string) => string} change gives the new address; it is asked when the time has come */
  keep(change) {
    this.stop();
    const pause = themeIsComing() ? PAUSE : this.#changed + PAUSE - performance.now();
    if (pause > 0) this.#timer = setTimeout(() => this.keep(change), pause);
    // A theme may have gone to another page already, while it still fetches what to show there.
    else if (this.#leads() && location.pathname === this.#page) this.#write(change(location.href));
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
