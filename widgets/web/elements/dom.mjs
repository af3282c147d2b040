// Small functions that build parts of a widget.

/**
 * Make an element with a class and a text.
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

const INVISIBLE = /((?! )[\p{C}\p{Z}])/u;

/**
 * Show a name as code. Characters that can't be seen show their number, as in the readings that Python writes.
 * @param {string} name
 */
export function makeName(name) {
  const code = document.createElement("code");
  name.split(INVISIBLE).forEach((piece, index) => {
    if (index % 2 === 0) return code.append(piece);
    const invisible = make("span", "np-invisible", piece);
    invisible.dataset.code = `U+${(piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    code.append(invisible);
  });
  return code;
}

/**
 * Make a button that never submits the form around it.
 * @param {string} className
 * @param {string} text
 * @param {() => void} press
 */
export function makeButton(className, text, press) {
  const button = make("button", `np-button ${className}`, text);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}
