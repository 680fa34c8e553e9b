// The window with the probabilities at one place of a text.

import { byId, element } from "./dom.js";
import { probability, visible } from "./format.js";
import { message, say } from "./language.js";

const CONTEXT = 24;

/**
 * Shows what the model expected instead of a symbol.
 *
 * @param before the text before it
 * @param scored the symbol with its log-probability and the most probable symbols at its place
 * @param anchor the element of the symbol; the window opens near it
 * @param branch called with the symbol that the reader chooses, scored likewise; null if none can be chosen
 */
export function showAlternatives(before, scored, anchor, branch) {
  const dialog = byId("alternatives");
  say(byId("alternatives-title"), "alternativesTitle", visible(scored.symbol));
  const context = [...before];
  dialog.querySelector(".context").replaceChildren(
    (context.length > CONTEXT ? "…" : "") + context.slice(-CONTEXT).join(""),
    element("mark", "", visible(scored.symbol)));
  dialog.querySelector("ul").replaceChildren(...rows(scored, branch));
  dialog.querySelector(".choose").hidden = !branch;
  dialog.showModal();
  moveTo(dialog, anchor.getBoundingClientRect());
  (dialog.querySelector("[aria-current]:enabled") ?? dialog.querySelector("button:enabled")).focus();
}

/** Prepares the keys and buttons of the window. */
export function prepareAlternatives() {
  const dialog = byId("alternatives");
  dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", event => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...dialog.querySelectorAll(".row")].filter(it => it.matches("button"));
    const from = buttons.indexOf(document.activeElement);
    if (!move || from < 0) return;
    event.preventDefault();
    buttons[(from + move + buttons.length) % buttons.length].focus();
  });
}

function rows({ symbol, logprob, top }, branch) {
  const known = new Map(top);
  if (logprob != null) known.set(symbol, logprob);
  const sorted = [...known].sort((a, b) => b[1] - a[1]);
  const choices = sorted.map(it =>
    choice(it, it[0] === symbol, branch && (() => branch({ symbol: it[0], logprob: it[1], top }))));
  const rest = 1 - sorted.reduce((sum, [, it]) => sum + Math.exp(it), 0);
  return rest > 0.0005 ? [...choices, others(Math.log(rest))] : choices;
}

function choice([symbol, logprob], inText, choose) {
  const button = element("button", "row", element("bdi", "", visible(symbol)), ...bar(logprob));
  button.type = "button";
  button.disabled = !choose;
  if (inText) {
    button.setAttribute("aria-current", "true");
    button.append(element("span", "tag", message("inText")));
  }
  button.addEventListener("click", () => {
    byId("alternatives").close();
    choose();
  });
  return element("li", "", button);
}

function others(logprob) {
  return element("li", "row", element("span", "", message("others")), ...bar(logprob));
}

function bar(logprob) {
  const bar = element("span", "bar");
  bar.style.setProperty("--part", Math.exp(logprob));
  return [bar, element("span", "probability", probability(logprob))];
}

// Below the symbol if there is space, otherwise above it. On a narrow screen the style sheet puts it at the bottom.
function moveTo(dialog, symbol) {
  const width = dialog.offsetWidth;
  const height = dialog.offsetHeight;
  const below = symbol.bottom + 8;
  const top = below + height <= innerHeight - 8 ? below : Math.max(8, symbol.top - 8 - height);
  const left = Math.max(8, Math.min(symbol.left - width / 3, innerWidth - width - 8));
  dialog.style.setProperty("--top", top + "px");
  dialog.style.setProperty("--left", left + "px");
}
