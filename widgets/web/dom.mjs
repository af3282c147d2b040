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
