// Splits a text with a name on each line.

export const MOST_LINES = 10_000;
// The end of a line of a command that goes on in the next one, as Unix shells, PowerShell and cmd write it.
const CONTINUED = /[ \t]+[\\`^][ \t]*(?:\r\n|\n)[ \t]*/g;
const FENCE = /^[ \t]*```.*$/gm;
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** A name, and the number of its first line, counted from 1. @typedef {{ line: number, name: string }} Line */
/**
 * `repeated` lines hold a name that an earlier line has, `blank` ones have no name; `beyond` lines were not read.
 * @typedef {{ names: Line[], repeated: number, blank: number, beyond: number }} Lines
 */

/** Whether a text holds more than one line that is not blank. @param {string} text */
export function isList(text) {
  return inOneLine(text).search(LINE_END) >= 0;
}

/**
 * Replace halves of characters, which a careless cut leaves behind: a text with one can't be written as UTF-8.
 * @param {string} text
 */
export function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * Bring what belongs together into one line: a command that goes on after a backslash, and what a fence of code holds.
 * @param {string} text
 */
export function inOneLine(text) {
  return text.replace(CONTINUED, " ").replace(FENCE, "").trim();
}

/**
 * @param {string} given
 * @returns {Lines}
 */
export function readLines(given) {
  const text = wellFormed(given);
  const found = { names: /** @type {Line[]} */ ([]), repeated: 0, blank: 0, beyond: 0 };
  const seen = new Set();
  let start = 0;
  let line = 0;
  /** @param {number} end */
  const take = (end) => {
    const name = text.slice(start, end).trim();
    if (!name) found.blank++;
    else if (seen.has(name)) found.repeated++;
    else found.names.push({ line, name });
    seen.add(name);
  };
  LINE_END.lastIndex = 0;
  for (let end = LINE_END.exec(text); end; end = LINE_END.exec(text)) {
    if (++line > MOST_LINES) found.beyond++;
    else take(end.index);
    start = LINE_END.lastIndex;
  }
  if (start >= text.length) return found; // the end of the last line doesn't begin another
  if (++line > MOST_LINES) found.beyond++;
  else take(text.length);
  return found;
}
