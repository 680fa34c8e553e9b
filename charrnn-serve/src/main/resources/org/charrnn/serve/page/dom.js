// Elements that are made often, and what the page says to screen readers.

import { say } from "./language.js";

export function byId(id) {
  return document.getElementById(id);
}

/** An element with a class and with children: elements or text. */
export function element(name, style, ...children) {
  const made = document.createElement(name);
  if (style) made.className = style;
  made.append(...children);
  return made;
}

/** A button with the text of a key. */
export function button(key, action) {
  const made = say(element("button"), key);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

/** A figure with its name above it and, if there is one, a remark below. */
export function tile(name, figure, remark, ...values) {
  const below = remark ? [say(element("span"), remark, ...values)] : [];
  return element("div", "", say(element("dt"), name), element("dd", "", element("b", "", figure), ...below));
}

/** Copies a text, and reports whether the browser allowed it. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused, or the page was not loaded from a secure address
  }
}

// ---- for screen readers

const PAUSE = 4000;
let unread = "";
let timer = 0;

/** Says a text at once. */
export function announce(text) {
  clearTimeout(timer);
  timer = 0;
  unread = "";
  byId("announcements").textContent = text;
}

/** Reads a text that arrives in small pieces: several at once, with pauses between. */
export function read(piece) {
  unread += piece;
  timer ||= setTimeout(() => announce(unread), PAUSE);
}
