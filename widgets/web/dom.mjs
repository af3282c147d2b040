// Small things for building parts of a widget.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {string} text
 */
export function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

const UNSEEN = /((?! )[\p{C}\p{Z}])/u;

/**
 * A name in the type of code; characters that nobody would see carry their number, as in the readings that Python writes.
 * @param {string} name
 */
export function makeName(name) {
  const code = document.createElement("code");
  name.split(UNSEEN).forEach((piece, index) => {
    if (index % 2 === 0) return code.append(piece);
    const unseen = make("span", "np-invisible", piece);
    unseen.dataset.code = `U+${(piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    code.append(unseen);
  });
  return code;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} press
 */
export function makeButton(className, text, press) {
  const button = make("button", `np-button ${className}`, text);
  button.type = "button"; // never submits the form around it
  button.addEventListener("click", press);
  return button;
}
