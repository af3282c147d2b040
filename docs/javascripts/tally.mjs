/**
 * Counts the exercises of the page that the reader had right: each gets a box to tick below its answer, and a line says
 * how many there are. Nothing is stored; without this, the exercises are the same, uncounted.
 */

class Tally extends HTMLElement {
  /** @type {HTMLInputElement[]} */ #boxes = [];
  #count = document.createElement("p");

  connectedCallback() {
    if (this.#boxes.length > 0) return;
    const exercises = document.querySelectorAll("details.question");
    this.#boxes = [...exercises].map((exercise) => this.#boxFor(exercise));
    this.#count.setAttribute("role", "status");
    this.append(this.#count);
    this.#show();
  }

  /** @param {Element} exercise */
  #boxFor(exercise) {
    const line = document.createElement("p");
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.autocomplete = "off";
    box.addEventListener("change", () => this.#show());
    label.append(box, " I had this right");
    line.append(label);
    exercise.append(line);
    return box;
  }

  #show() {
    const right = this.#boxes.filter((box) => box.checked).length;
    const counted = `${right} of ${this.#boxes.length} right so far.`;
    this.#count.textContent = right === 0 ? "Tick what you had right, and the page counts." : counted;
  }
}

if (!customElements.get("nameplate-tally")) customElements.define("nameplate-tally", Tally);
