// The address of a page with a widget: it holds the question that the page answers, so that readers can share it.
//
//   #q=NAME                 one name
//   #q=NAME&with=NAME       two names side by side
//   #q=NAME&q=NAME...       a list of names; #view=list for an empty list, or one too long for an address
//
// The question is in the fragment, because a browser sends the fragment to nobody. Older links have it in the query; the
// first script of a page moves it (overrides/first-script.html).

/** @typedef {"one" | "two" | "many"} Mode */
/** @typedef {{ mode: Mode, names: string[] }} Question */

const PARAMETERS = ["q", "with", "view"];
const PAUSE = 350; // ms between changes of the address: browsers limit them, Safari to 100 in 30 s
const LONGEST = 1500; // characters of names; not every program passes on a longer address

/**
 * Return what an address asks. A link that someone wrote may have it in the query.
 * @param {string | URL} address
 */
export function parametersOf(address) {
  const { hash, search } = new URL(address);
  return new URLSearchParams(hash.includes("=") ? hash.slice(1) : search);
}

/**
 * @param {string | URL} address
 * @returns {Question}
 */
export function questionOf(address) {
  const parameters = parametersOf(address);
  const names = parameters.getAll("q");
  if (names.length > 1 || parameters.get("view") === "list") return { mode: "many", names };
  const other = parameters.get("with");
  return other === null ? { mode: "one", names } : { mode: "two", names: [names[0] ?? "", other] };
}

/** Whether an address can hold a list of names. @param {string[]} names */
export function fitsAddress(names) {
  return names.join("").length <= LONGEST;
}

/**
 * @param {string} base an address; a heading that it leads to is kept if the question is empty. A list that it already
 *   holds stays, however long it is, so that the page can be loaded again
 * @param {Question} question
 */
export function addressOf(base, { mode, names }) {
  const asked = new URLSearchParams();
  if (mode === "many") {
    const held = questionOf(base).names;
    const isHeld = names.length > 1 && names.length === held.length && names.every((name, index) => name === held[index]);
    if (names.length > 1 && (isHeld || fitsAddress(names))) for (const name of names) asked.append("q", name);
    else asked.set("view", "list");
  } else {
    if (names[0]) asked.set("q", names[0]);
    if (mode === "two") asked.set("with", names[1] ?? "");
  }
  return withQuestion(base, asked, PARAMETERS);
}

/**
 * Return an address that asks something else.
 * @param {string} base
 * @param {URLSearchParams} asked
 * @param {string[]} parameters names of all parameters of a question
 */
export function withQuestion(base, asked, parameters) {
  const address = new URL(base);
  for (const parameter of parameters) address.searchParams.delete(parameter);
  const question = asked.toString();
  if (question || address.hash.includes("=")) address.hash = question;
  return address.href;
}

/** Whether an element is the first of its kind in the page: the address belongs to that one. @param {Element} element */
export function ownsAddress(element) {
  return document.querySelector(element.localName) === element;
}

/** Writes into the address what the page shows, and notices where the reader goes. */
export class PageAddress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #page = location.pathname;
  #changed = -PAUSE;
  #owner;
  /** Whether the history has to lead back to what the address asks now. */ #kept = asksSomething();
  #keepsNext = false;

  /** @param {Element} owner the widget that the address describes, if it is the first of its kind */
  constructor(owner) {
    this.#owner = owner;
  }

  /**
   * Change the address: at once where the history is to lead back to it, otherwise soon. A later call replaces one that
   * still waits.
   * @param {(address: string) => string} change returns the new address when the time has come
   */
  update(change) {
    this.stop();
    const pause = this.#keepsNext ? 0 : this.#changed + PAUSE - performance.now();
    if (pause > 0) this.#timer = setTimeout(() => this.update(change), pause);
    else if (this.#isHere) this.#write(change(location.href));
  }

  /**
   * Call back when the reader goes to another question of this page: with a link, in the history, or in the address bar.
   * The page stays the same, so a theme need not know.
   * @param {() => void} answer
   * @param {AbortSignal} signal
   */
  follow(answer, signal) {
    const went = (/** @type {Event} */ event) => {
      if (!this.#isHere || (location.hash && !location.hash.includes("="))) return; // to a heading
      event.stopImmediatePropagation();
      this.stop();
      this.keepThis();
      answer();
    };
    addEventListener("popstate", went, { signal, capture: true });
    addEventListener("hashchange", went, { signal, capture: true });
    document.addEventListener("click", (event) => this.#followLink(event, answer), { signal, capture: true });
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** Let the history lead back to what the address asks now, if it asks something. */
  keepThis() {
    this.#kept = asksSomething();
  }

  /** Let the history lead back to what is written into the address next. */
  keepNext() {
    this.#keepsNext = true;
  }

  /** Whether the page is still shown: a theme may have moved to another one, while it still fetches what to show there. */
  get #isHere() {
    return ownsAddress(this.#owner) && location.pathname === this.#page;
  }

  /**
   * @param {MouseEvent} event
   * @param {() => void} answer
   */
  #followLink(event, answer) {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!(link instanceof HTMLAnchorElement) || link.target || !isPlainClick(event)) return;
    if (link.matches(".np-try, .np-mode, .np-open")) return; // a widget answers these in their place
    const { origin, pathname, hash } = link;
    if (!this.#isHere || origin !== location.origin || pathname !== location.pathname) return;
    if (!hash.includes("=")) return leadTo(hash, event);
    event.preventDefault();
    event.stopPropagation(); // before a theme loads the page again
    this.stop();
    if (link.href !== location.href) history.pushState(null, "", link.href);
    this.keepThis();
    answer();
    if (!this.#owner.contains(link)) this.#owner.scrollIntoView();
  }

  /** @param {string} address */
  #write(address) {
    const isNew = address !== location.href;
    if (isNew && this.#kept) history.pushState(null, "", address);
    else if (isNew) history.replaceState(history.state, "", address);
    if (isNew) this.#changed = performance.now();
    if (isNew || this.#keepsNext) this.#kept = this.#keepsNext && asksSomething();
    this.#keepsNext = false;
  }
}

/** Whether the address asks for an answer. */
function asksSomething() {
  return questionOf(location.href).names.some(Boolean);
}

/**
 * Lead to a heading of this page. While the address asks something, it keeps that: one fragment can't hold both.
 * @param {string} hash
 * @param {MouseEvent} event
 */
function leadTo(hash, event) {
  const heading = document.getElementById(hash.slice(1));
  if (!heading || !location.hash.includes("=")) return;
  event.preventDefault();
  event.stopPropagation();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true }); // the tab key goes on from here
  heading.scrollIntoView();
}

/** Whether a click follows a link here, not in another tab or window. @param {MouseEvent} event */
export function isPlainClick({ button, ctrlKey, metaKey, shiftKey, altKey }) {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}
