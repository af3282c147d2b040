// The table of a list of names: one page of its rows, headings that sort, and rows that open.
import { make, makeButton, makeName } from "../elements/dom.mjs";
import { isPlainClick } from "../elements/page-address.mjs";
import { showHtml } from "../elements/python-html.mjs";
import { NAME } from "./rows.mjs";

/** @typedef {import("./rows.mjs").Row} Row */
/** @typedef {(name: string) => Promise<string>} Read returns the whole reading of a name, as HTML */

const PAGE = 25; // rows; laying out more would take longer than a frame or two
const LONGEST = 120; // characters of a name that are shown; the row opens to the whole of it
const LONGEST_UNREAD = 40; // of one that cannot be read, so that the reason below it stays visible
const UNITS = ["bytes", "kB", "MB", "GB", "TB"];
const WAIT = 200; // ms between two updates while rows keep coming in
const ARROWS = { ascending: " ▲", descending: " ▼", none: "" };

export class ListTable {
  element = make("div", "np-list-table");
  #rows;
  #read;
  #changed;
  #folded = make("p", "np-shared");
  #head = make("tr", "");
  #body = document.createElement("tbody");
  #place = make("span", "np-place");
  #previous = makeButton("np-page-button", "Previous", () => this.#turn(-1));
  #next = makeButton("np-page-button", "Next", () => this.#turn(1));
  #pager = document.createElement("nav");
  #first = 0;
  /** The rows on this page of the table. @type {Row[]} */ #page = [];
  #columns = "";
  /** The readings of rows that are open. @type {Map<Row, string>} */ #open = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /**
   * @param {import("./rows.mjs").Rows} rows
   * @param {Read} read
   * @param {() => void} changed is called when other rows are shown
   */
  constructor(rows, read, changed) {
    this.#rows = rows;
    this.#read = read;
    this.#changed = changed;
    const table = make("table", "np-list-rows");
    const head = document.createElement("thead");
    const frame = make("section", "np-scroll");
    frame.tabIndex = 0; // can be scrolled with the keyboard
    frame.setAttribute("aria-label", "The names and what they say");
    head.append(this.#head);
    table.append(head, this.#body);
    frame.append(table);
    this.#pager.className = "np-pager";
    this.#pager.setAttribute("aria-label", "Pages of the list");
    this.#pager.append(this.#previous, this.#place, this.#next);
    this.element.append(this.#folded, frame, this.#pager);
    this.#head.append(...rows.columns.map((column, index) => this.#heading(column, index)));
    this.#body.addEventListener("click", (event) => this.#press(event));
  }

  /** Show the rows that have come in, soon: not each time that some do. */
  grow() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#rows.arrange();
      this.show();
    }, WAIT);
  }

  /** Show the first page of the rows that are wanted now. */
  restart() {
    this.#first = 0;
    this.show();
  }

  /** Show the page, unless it is shown already. */
  show() {
    const { shown, visible, folded } = this.#rows;
    if (this.#first >= shown.length) this.#first = Math.max(0, Math.floor((shown.length - 1) / PAGE) * PAGE);
    const page = shown.slice(this.#first, this.#first + PAGE);
    const columns = [...visible].sort((a, b) => a - b).join();
    const same = folded.map(({ column, value }) => `${column.title}: ${shownAs(value, column)}`);
    const where = this.#rows.others ? "The same in every file of the model" : "The same in every row";
    this.#folded.textContent = same.length ? `${where}: ${same.join(" · ")}` : "";
    const kept = columns === this.#columns && this.#page.every((row, at) => row === page[at]) ? this.#page.length : 0;
    this.#columns = columns;
    this.#page = page;
    if (kept === 0) this.#draw();
    else this.#body.append(...page.slice(kept).flatMap((row) => this.#line(row)));
    const last = this.#first + page.length;
    this.#place.textContent = page.length ? `Rows ${number(this.#first + 1)} to ${number(last)} of ${number(shown.length)}` : "No row matches";
    this.#previous.disabled = this.#first === 0;
    this.#next.disabled = last >= shown.length;
    this.#pager.classList.toggle("np-alone", shown.length <= PAGE);
    this.#changed();
  }

  #draw() {
    const { columns, visible } = this.#rows;
    const focused = document.activeElement?.closest("tr")?.dataset.line;
    columns.forEach((_, index) => this.#head.children[index]?.toggleAttribute("hidden", !visible.has(index)));
    this.#body.replaceChildren(...this.#page.flatMap((row) => this.#line(row)));
    // The focus stays in its row when more rows come in.
    const again = focused && this.#body.querySelector(`tr[data-line="${focused}"] a`);
    if (again instanceof HTMLElement && document.activeElement === document.body) again.focus();
  }

  /**
   * @param {import("./rows.mjs").Column} column
   * @param {number} index
   */
  #heading(column, index) {
    const cell = make("th", column.number ? "np-number" : "");
    cell.scope = "col";
    const button = makeButton("np-sort", column.title, () => {
      this.#rows.sort(index);
      this.#markOrder();
      this.restart();
    });
    const arrow = make("span", "np-arrow");
    arrow.setAttribute("aria-hidden", "true"); // aria-sort says the same
    button.append(arrow);
    cell.append(button);
    return cell;
  }

  #markOrder() {
    const { order } = this.#rows;
    [...this.#head.children].forEach((cell, index) => {
      const direction = order?.column !== index ? "none" : order.descending ? "descending" : "ascending";
      if (direction === "none") cell.removeAttribute("aria-sort");
      else cell.setAttribute("aria-sort", direction);
      const arrow = cell.querySelector(".np-arrow");
      if (arrow) arrow.textContent = ARROWS[direction];
    });
  }

  /** @param {Row} row */
  #line(row) {
    const line = make("tr", row.error ? "np-failed" : "");
    line.dataset.line = String(row.line);
    const { columns, visible } = this.#rows;
    columns.forEach((column, index) => {
      if (!visible.has(index)) return;
      if (index === NAME) line.append(this.#nameCell(row));
      else if (index < row.values.length) line.append(makeCell(column, row.values[index] ?? null));
    });
    if (row.error) line.append(this.#across("", make("span", "")));
    const reading = this.#open.get(row);
    return reading === undefined ? [line] : [line, this.#detail(reading)];
  }

  /** @param {Row} row */
  #nameCell(row) {
    const cell = make("th", "");
    cell.scope = "row";
    cell.translate = false;
    const link = make("a", "np-open");
    link.href = `#${new URLSearchParams({ q: row.name })}`;
    link.setAttribute("aria-expanded", String(this.#open.has(row)));
    const longest = row.error ? LONGEST_UNREAD : LONGEST;
    const name = row.error ? row.name : String(row.values[NAME]); // without the other columns of a list
    link.append(makeName(name.length > longest ? `${name.slice(0, longest)}…` : name));
    if (row.error) cell.append(link.firstElementChild ?? "", makeReason(row.error));
    else cell.append(link);
    return cell;
  }

  /**
   * A cell over all columns.
   * @param {string} className
   * @param {HTMLElement} content
   */
  #across(className, content) {
    const cell = make("td", className);
    cell.colSpan = this.#rows.columns.length;
    cell.append(content);
    return cell;
  }

  /** @param {string} html */
  #detail(html) {
    const line = make("tr", "np-detail");
    const room = make("div", "np-detail-room");
    showHtml(room, html);
    line.append(this.#across("", room));
    return line;
  }

  /** Open the row where a name is clicked. The link works without scripts, too. @param {MouseEvent} event */
  #press(event) {
    const link = event.target instanceof Element && event.target.closest("a.np-open");
    if (!(link instanceof HTMLAnchorElement) || !isPlainClick(event)) return;
    event.preventDefault();
    event.stopPropagation(); // before a theme loads the page that the link leads to
    const line = link.closest("tr");
    const row = this.#page.find((row) => String(row.line) === line?.dataset.line);
    if (row && line) void this.#toggle(row, line, link);
  }

  /**
   * @param {Row} row
   * @param {HTMLTableRowElement} line
   * @param {HTMLAnchorElement} link
   */
  async #toggle(row, line, link) {
    const closing = this.#open.delete(row);
    link.setAttribute("aria-expanded", String(!closing));
    if (closing) return line.nextElementSibling?.remove();
    const reading = await this.#read(row.name);
    if (link.getAttribute("aria-expanded") !== "true" || this.#open.has(row)) return;
    this.#open.set(row, reading);
    line.after(this.#detail(reading));
  }

  /** @param {number} pages */
  #turn(pages) {
    this.#first += pages * PAGE;
    this.show();
    this.element.scrollIntoView({ block: "start" });
  }
}

/** Show why a name could not be read. Unlike the name, this may be translated. @param {string} error */
function makeReason(error) {
  const reason = make("span", "np-error", error);
  reason.translate = true;
  return reason;
}

/**
 * A cell with the title of its column, which a narrow screen shows beside it.
 * @param {import("./rows.mjs").Column} column
 * @param {import("./rows.mjs").Value} value
 */
function makeCell(column, value) {
  const cell = make("td", cellClass(column), shownAs(value, column));
  cell.dataset.label = column.title;
  return cell;
}

/** @param {import("./rows.mjs").Column} column */
function cellClass({ key, number }) {
  if (key === "unknown") return "np-unknown";
  return number ? "np-number" : "";
}

/**
 * @param {import("./rows.mjs").Value} value
 * @param {import("./rows.mjs").Column} column
 */
function shownAs(value, { key, number: isNumber, bytes }) {
  if (typeof value !== "number" || !isNumber || key === "line") return String(value ?? "");
  return bytes ? size(value) : number(value);
}

/** Write a size as hubs do: in decimal units, with three digits. @param {number} bytes */
function size(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** step).toLocaleString("en", { maximumSignificantDigits: 3 })} ${UNITS[step]}`;
}

/** @param {number} value */
export function number(value) {
  return value.toLocaleString("en");
}
