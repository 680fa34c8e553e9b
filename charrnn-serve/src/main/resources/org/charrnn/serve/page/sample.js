// One text that the model writes, on a card of its own.

import { showAlternatives } from "./alternatives.js";
import { ColoredText } from "./colored.js";
import { completion } from "./completion.js";
import { announce, button, byId, copied, element, read } from "./dom.js";
import { count, decimal } from "./format.js";
import { message, say, unsay } from "./language.js";
import { linkOf } from "./link.js";
import { ServerError } from "./server.js";

/** A text that continues `fields.prompt`. The scored characters at the end of its prompt are shown colored. */
export class Sample {
  #scored;
  #branch;
  #changed;
  #colored;
  #running = null;
  #status = element("p", "status");
  #body = element("div", "text");
  #facts = element("p", "note");
  #problem = element("p", "problem");
  #stopButton = button("stop", () => this.stop());
  #againButton = button("tryAgain", () => this.write());

  /**
   * @param number its number on the page
   * @param title the key of its title, and the values
   * @param fields the fields of the form that it is written with
   * @param scored scored symbols at the end of the prompt, of which the reader chose the last one
   * @param branch called with this sample, a text, scored symbols at its end: to continue them as a new sample
   * @param changed called when the text begins to run or ends
   */
  constructor({ number, title, fields, scored, branch, changed }) {
    this.number = number;
    this.fields = fields;
    this.#scored = scored;
    this.#branch = branch;
    this.#changed = changed;
    this.element = element("article", "card");
    this.#build(title);
  }

  get running() {
    return this.#running !== null;
  }

  stop() {
    this.#running?.abort();
  }

  remove() {
    this.stop();
    this.element.remove();
  }

  /** Writes the text from its prompt. Returns when it has ended, in whatever way. */
  async write() {
    this.#clear();
    this.#running = new AbortController();
    this.#changed();
    const state = await this.#receive(this.#running.signal);
    this.#running = null;
    this.#stopButton.hidden = true;
    this.#againButton.hidden = !["stopped", "failed"].includes(state);
    say(this.#status, state);
    this.#changed();
    if (this.element.isConnected) {
      announce(message("announceEnd", message("sample", this.number), message(state), count(this.#written)));
    }
  }

  // ---- the stream

  // Returns the key of the state in which the text ends.
  async #receive(signal) {
    const painter = new Painter(symbols => this.#show(symbols));
    let state = "endLength";
    try {
      const busy = seconds => say(this.#status, "retrying", seconds);
      for await (const { symbols, ending } of completion(this.fields, signal, busy)) {
        say(this.#status, "writing");
        painter.add(symbols);
        if (ending === "stop") state = "endStop";
      }
      return state;
    } catch (e) {
      if (signal.aborted) return "stopped";
      if (!(e instanceof ServerError)) throw e;
      say(this.#problem, e.key, ...e.values);
      this.#problem.hidden = false;
      return "failed";
    } finally {
      painter.finish();
    }
  }

  get #written() {
    return this.#colored.symbols.length - this.#scored.length;
  }

  #show(symbols) {
    this.#colored.append(symbols);
    const nats = this.#colored.nats(this.#scored.length) / this.#written;
    say(this.#facts, "sampleFacts", count(this.#written), decimal(nats, 3), decimal(Math.exp(nats), 1));
    if (this.number === 1) read(symbols.map(it => it.symbol).join(""));
  }

  // ---- the card

  #build(title) {
    const heading = element("h3", "",
      say(element("bdi"), ...title), " ", say(element("span"), "sampleSeed", this.fields.seed));
    heading.id = "sample" + this.number;
    this.element.setAttribute("aria-labelledby", heading.id);
    this.#body.dir = "auto";
    this.#problem.role = "alert";
    const link = say(element("a", "button"), "link");
    link.href = linkOf(this.fields);
    link.addEventListener("click", event => {
      event.preventDefault();
      this.#keepLink(link.href);
    });
    this.element.append(
      heading, this.#status, this.#body, this.#facts, this.#problem,
      element("div", "actions",
        this.#stopButton, this.#againButton, link,
        button("copy", () => this.#copy()),
        button("usePrompt", () => this.#usePrompt()),
        button("remove", () => this.remove())));
  }

  #clear() {
    this.#colored = new ColoredText((index, anchor) => this.#open(index, anchor), "sampleText", this.number);
    this.#body.replaceChildren(element("span", "prompt", this.#start), this.#colored.element);
    if (this.#scored.length) {
      this.#colored.append(this.#scored);
      this.#colored.mark(this.#scored.length - 1);
    }
    unsay(this.#facts);
    unsay(this.#problem);
    this.#problem.hidden = true;
    say(this.#status, "waiting");
    this.#stopButton.hidden = false;
    this.#againButton.hidden = true;
  }

  // The part of the prompt that is not colored.
  get #start() {
    const scored = this.#scored.map(it => it.symbol).join("");
    return this.fields.prompt.slice(0, this.fields.prompt.length - scored.length);
  }

  get #text() {
    return this.#start + this.#colored.text;
  }

  #open(index, anchor) {
    const symbols = this.#colored.symbols;
    const before = this.#start + symbols.slice(0, index).map(it => it.symbol).join("");
    showAlternatives(before, symbols[index], anchor, chosen =>
      this.#branch(this, before + chosen.symbol, [...symbols.slice(0, index), chosen]));
  }

  async #keepLink(link) {
    history.replaceState(null, "", link);
    announce(message((await copied(link)) ? "linkCopied" : "linkInAddress"));
  }

  async #copy() {
    announce(message((await copied(this.#text)) ? "textCopied" : "copyFailed"));
  }

  #usePrompt() {
    byId("prompt").value = this.#text;
    byId("prompt").focus();
  }
}

/** Collects symbols and shows them once per frame. */
class Painter {
  #paint;
  #pending = [];
  #frame = 0;

  constructor(paint) {
    this.#paint = paint;
  }

  add(symbols) {
    this.#pending.push(...symbols);
    this.#frame ||= requestAnimationFrame(() => this.finish());
  }

  finish() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#pending.length) this.#paint(this.#pending.splice(0));
  }
}
