// A text with each character colored by its surprisal. It is one stop of the Tab key: arrow keys move in it.

import { element } from "./dom.js";
import { decimal, probability, visible } from "./format.js";
import { label, message } from "./language.js";

/** The highest class of color; each class is one nat wide. */
const MOST = 9;
const MARKS = new Map([[" ", "space"], ["\n", "feed"], ["\t", "tab"], ["\u3000", "wide"]]);

let made = 0;

/** The colors and their meaning. */
export function legend() {
  const colors = Array.from({ length: MOST + 1 }, (_, level) => element("i", "s" + level));
  const say = key => {
    const text = element("span");
    text.dataset.text = key;
    text.textContent = message(key);
    return text;
  };
  return [say("legendFrom"), ...colors, say("legendTo")];
}

/**
 * A list of symbols, each {symbol, logprob, top}: the natural logarithm of its probability, null if it has none, and
 * the most probable symbols at its place as [symbol, logprob].
 */
export class ColoredText {
  #symbols = [];
  #active = -1;
  #id = "text" + ++made;
  #opened;

  /**
   * @param opened called with an index and the element of the symbol when it is chosen
   * @param key the key of the label for screen readers, and its values
   */
  constructor(opened, key, ...values) {
    this.#opened = opened;
    this.element = element("span", "symbols");
    this.element.role = "listbox";
    this.element.tabIndex = 0;
    this.element.setAttribute("aria-orientation", "horizontal");
    label(this.element, key, ...values);
    this.element.addEventListener("click", event => this.#choose(this.#indexOf(event.target)));
    this.element.addEventListener("pointerover", event => this.#describe(this.#indexOf(event.target)));
    this.element.addEventListener("keydown", event => this.#press(event));
    this.element.addEventListener("focus", () => this.#active < 0 && this.#activate(0));
  }

  get symbols() {
    return this.#symbols;
  }

  get text() {
    return this.#symbols.map(it => it.symbol).join("");
  }

  /** The sum of the surprisals in nats, from a symbol on. */
  nats(from) {
    return this.#symbols.slice(from).reduce((sum, it) => sum - (it.logprob ?? 0), 0);
  }

  append(symbols) {
    this.#symbols.push(...symbols);
    this.element.append(...symbols.map(colored));
  }

  /** Marks a symbol as one that the reader chose. */
  mark(index) {
    this.element.children[index].classList.add("branch");
  }

  // ---- one symbol

  #indexOf(target) {
    return target === this.element ? -1 : [].indexOf.call(this.element.children, target);
  }

  #describe(index) {
    if (index < 0) return;
    const { symbol, logprob } = this.#symbols[index];
    const facts = logprob == null
      ? message("symbolUnscored", visible(symbol))
      : message("symbolFacts", visible(symbol), probability(logprob), decimal(-logprob, 2));
    this.element.children[index].title = facts;
    this.element.children[index].ariaLabel = facts;
  }

  #activate(index) {
    const symbols = this.element.children;
    if (index < 0 || index >= symbols.length) return;
    if (this.#active >= 0) {
      symbols[this.#active].classList.remove("on");
      symbols[this.#active].ariaSelected = "false";
    }
    this.#active = index;
    const active = symbols[index];
    this.#describe(index);
    active.id = this.#id + "-" + index;
    active.classList.add("on");
    active.ariaSelected = "true";
    this.element.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  #choose(index) {
    if (index < 0) return;
    this.#activate(index);
    this.#opened(index, this.element.children[index]);
  }

  // ---- keys

  #press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const moves = {
      ArrowRight: () => this.#activate(this.#active + this.#right()),
      ArrowLeft: () => this.#activate(this.#active - this.#right()),
      ArrowDown: () => this.#activate(this.#onLine(1)),
      ArrowUp: () => this.#activate(this.#onLine(-1)),
      Home: () => this.#activate(0),
      End: () => this.#activate(this.#symbols.length - 1),
      Enter: () => this.#choose(this.#active),
      " ": () => this.#choose(this.#active),
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    moves[event.key]();
  }

  // The step to the symbol on the right: the next one, or the one before where the text runs from right to left.
  #right() {
    const [before, at, after] = [-1, 0, 1]
      .map(it => this.element.children[this.#active + it])
      .map(it => it && place(it));
    const beside = it => it && Math.abs(it.y - at.y) < at.height / 2;
    return (beside(after) ? after.x < at.x : beside(before) && before.x > at.x) ? -1 : 1;
  }

  // The symbol above or below: the one closest to this one on the next line in this direction; -1 if there is none.
  #onLine(direction) {
    const symbols = this.element.children;
    const from = place(symbols[this.#active]);
    let line = null;
    let best = -1;
    let nearest = Infinity;
    for (let i = this.#active + direction; i >= 0 && i < symbols.length; i += direction) {
      const at = place(symbols[i]);
      if (Math.abs(at.y - from.y) < from.height / 2) continue;
      line ??= at.y;
      if (Math.abs(at.y - line) >= from.height / 2) break;
      if (Math.abs(at.x - from.x) < nearest) {
        nearest = Math.abs(at.x - from.x);
        best = i;
      }
    }
    return best;
  }
}

function place(symbol) {
  const { left, top, width, height } = symbol.getClientRects()[0] ?? symbol.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2, height };
}

function colored({ symbol, logprob }) {
  const level = logprob == null ? "none" : Math.min(MOST, Math.floor(-logprob));
  const span = element("span", "s" + level, symbol);
  span.role = "option";
  span.ariaSelected = "false";
  if (MARKS.has(symbol)) span.classList.add(MARKS.get(symbol));
  return span;
}
