/**
 * Puts the rows of the table inside it in the order of a column: a button in each column's title, and where the table
 * is shown as cards, a list to choose from. Without it the rows stand as they were written, so nothing is missing.
 *
 * A cell is sorted by its `data-key`, else by its text; what is empty comes last in either direction. Titles of groups
 * of rows are put away while the order is another one than that of the groups.
 */

const WRITTEN = -1;
const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
let created = 0;

class Sort extends HTMLElement {
  /** @type {HTMLTableElement | null} */
  #table = null;
  /** @type {HTMLTableSectionElement[]} */
  #groups = [];
  /** @type {HTMLTableRowElement[][]} */
  #rows = [];
  #column = WRITTEN;
  #down = false;
  #choice = document.createElement("select");

  connectedCallback() {
    this.#table ??= this.#prepare();
  }

  #prepare() {
    const table = this.querySelector("table");
    if (!table) return null;
    this.#groups = [...table.tBodies];
    this.#rows = this.#groups.map((group) => [...group.rows]);
    const titles = [...table.querySelectorAll("thead th")];
    for (const [column, title] of titles.entries()) title.replaceChildren(this.#button(title.textContent ?? "", column));
    this.prepend(this.#list(titles.map((title) => title.textContent ?? "")));
    return table;
  }

  /**
   * @param {string} name
   * @param {number} column
   */
  #button(name, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      if (this.#column !== column) this.#show(column, false);
      else if (this.#down) this.#show(WRITTEN, false);
      else this.#show(column, true);
    });
    return button;
  }

  /** @param {string[]} names */
  #list(names) {
    this.#choice.id = `site-sort-${++created}`;
    this.#choice.append(new Option("as listed", `${WRITTEN}`));
    for (const [column, name] of names.entries()) {
      this.#choice.append(new Option(`${name}, upwards`, `${column}`), new Option(`${name}, downwards`, `${column} down`));
    }
    this.#choice.addEventListener("change", () => {
      const [column, down] = this.#choice.value.split(" ");
      this.#show(Number(column), down !== undefined);
    });
    const label = document.createElement("label");
    label.htmlFor = this.#choice.id;
    label.append("Sort by ", this.#choice);
    return label;
  }

  /**
   * @param {number} column
   * @param {boolean} down
   */
  #show(column, down) {
    const table = this.#table;
    const [first] = this.#groups;
    if (!table || !first) return;
    this.#column = column;
    this.#down = down;
    this.#choice.value = `${column}${down ? " down" : ""}`;
    table.classList.toggle("site-sorted", column !== WRITTEN);
    for (const [index, title] of [...table.querySelectorAll("thead th")].entries()) {
      if (index === column) title.setAttribute("aria-sort", down ? "descending" : "ascending");
      else title.removeAttribute("aria-sort");
    }
    if (column === WRITTEN) {
      for (const [index, group] of this.#groups.entries()) group.replaceChildren(...(this.#rows[index] ?? []));
      return;
    }
    const rows = this.#rows.flat().filter((row) => !row.classList.contains("site-group"));
    const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[column]) }));
    keyed.sort((one, other) => compare(one.key, other.key, down ? -1 : 1));
    for (const group of this.#groups) group.replaceChildren();
    first.replaceChildren(...keyed.map(({ row }) => row));
  }
}

/** @param {HTMLTableCellElement | undefined} cell */
function keyOf(cell) {
  return cell?.dataset.key ?? cell?.textContent?.trim() ?? "";
}

/**
 * @param {string} one
 * @param {string} other
 * @param {number} direction
 */
function compare(one, other, direction) {
  if (!one || !other) return Number(!one) - Number(!other);
  const numbers = [Number(one), Number(other)];
  const [first = NaN, second = NaN] = numbers;
  return direction * (numbers.some(Number.isNaN) ? order.compare(one, other) : first - second);
}

if (!customElements.get("nameplate-sort")) customElements.define("nameplate-sort", Sort);
