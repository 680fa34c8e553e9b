// How numbers, probabilities and characters are shown. Numbers are written as in the reports of a training.

import { message } from "./language.js";

const NAMES = new Map([
  [" ", "space"],
  ["\n", "lineFeed"],
  ["\r", "carriageReturn"],
  ["\t", "tab"],
  ["\u3000", "ideographicSpace"],
  ["\u00a0", "noBreakSpace"],
]);
const SIGNS = new Map([[" ", "␣"], ["\n", "↵"], ["\t", "⇥"]]);

/** A whole number with thin spaces between groups of three digits. */
export function count(number) {
  return number.toLocaleString("en", { maximumFractionDigits: 0 }).replaceAll(",", "\u202f");
}

/** A number with this many digits after the point. */
export function decimal(number, digits) {
  return number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replaceAll(",", "\u202f");
}

/** The probability of a log-probability: in percent, or as 1 in so many if it is small. */
export function probability(logProbability) {
  const p = Math.exp(logProbability);
  if (p >= 0.0995) return `${Math.round(100 * p)}\u202f%`;
  if (p >= 0.00095) return `${Number((100 * p).toPrecision(2))}\u202f%`;
  return message("oneIn", count(Math.round(Math.min(1e12, 1 / p))));
}

/** A character as it can be read: by name or number if it leaves no ink, on a dotted circle if it joins another one. */
export function visible(symbol) {
  return NAMES.has(symbol) ? message(NAMES.get(symbol)) : [...symbol].map(readable).join("");
}

function readable(character) {
  if (SIGNS.has(character)) return SIGNS.get(character);
  if (/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(character)) {
    return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  }
  return /\p{M}/u.test(character) ? "◌" + character : character;
}
