// The language of the page. An element keeps the key of its text, so that a switch changes what is shown already.

import { MESSAGES } from "./messages.js";

const parameters = new WeakMap();
let language = "en";

/** The text of a key in the current language. */
export function message(key, ...values) {
  const text = MESSAGES[language][key];
  return typeof text === "function" ? text(...values.map(shown)) : text;
}

// A parameter may depend on the language: then it is a function.
function shown(value) {
  return typeof value === "function" ? value() : value;
}

/** Shows a text in an element, in this language and in each that is chosen later. */
export function say(element, key, ...values) {
  element.dataset.text = key;
  parameters.set(element, values);
  const text = message(key, ...values);
  if (element.textContent !== text) element.textContent = text;
  return element;
}

/** Removes the text of an element. */
export function unsay(element) {
  delete element.dataset.text;
  element.textContent = "";
}

/** Labels an element for screen readers. */
export function label(element, key, ...values) {
  element.dataset.label = key;
  parameters.set(element, values);
  element.setAttribute("aria-label", message(key, ...values));
}

/** Chooses the language and translates everything that is shown. */
export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) {
    say(element, element.dataset.text, ...(parameters.get(element) ?? []));
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    label(element, element.dataset.label, ...(parameters.get(element) ?? []));
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = message(element.dataset.placeholder);
  }
  document.dispatchEvent(new Event("language"));
}
