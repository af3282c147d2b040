// The one place where text becomes HTML. All of it comes from Python, which escapes whatever it puts in: some while the site
// was built, the rest as an answer of the worker. The page's policy (plugins/publish/page_policy.py) knows this place by name.

/** @typedef {{ createHTML: (html: string) => string }} Policy */

/** @type {Policy | undefined} */ const policy = makePolicy();

/**
 * Show HTML that Python wrote.
 * @param {Element} element
 * @param {string} html
 */
export function showHtml(element, html) {
  element.innerHTML = policy ? policy.createHTML(html) : html;
}

function makePolicy() {
  try {
    return /** @type {any} */ (window).trustedTypes?.createPolicy("nameplate", { createHTML: (/** @type {string} */ html) => html });
  } catch {
    return undefined; // the module of another release is in this document, too
  }
}
