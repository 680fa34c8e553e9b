// The view that scores a text.

import { showAlternatives } from "./alternatives.js";
import { ColoredText } from "./colored.js";
import { announce, byId, tile } from "./dom.js";
import { count, decimal, visible } from "./format.js";
import { message, say } from "./language.js";
import { request, ServerError } from "./server.js";
import { continueFrom, writable } from "./write.js";

const ALTERNATIVES = 10;

const problem = byId("score-problem");
const result = byId("score-result");
const start = byId("score-start");

/** @param showWriting shows the view that writes */
export function prepareScoring(showWriting) {
  byId("score").addEventListener("submit", event => {
    event.preventDefault();
    score(byId("text").value, showWriting);
  });
  byId("text").addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("score").requestSubmit();
  });
}

async function score(text, showWriting) {
  problem.hidden = true;
  result.hidden = true;
  if (text === "") {
    complain("scoreEmpty");
    return;
  }
  start.disabled = true;
  try {
    const response = await request("v1/score", {
      body: { model: byId("model").value, texts: [text], top: ALTERNATIVES },
      busy: seconds => complain("retrying", seconds),
    });
    const [scored] = (await response.json()).data;
    problem.hidden = true;
    show(scored, showWriting);
  } catch (e) {
    if (!(e instanceof ServerError)) throw e;
    complain(e.key, ...e.values);
  } finally {
    start.disabled = false;
  }
}

function complain(key, ...values) {
  say(problem, key, ...values);
  problem.hidden = false;
}

function show(scored, showWriting) {
  const symbols = scored.symbols.map(({ symbol, logprob, top }) =>
    ({ symbol, logprob, top: Object.entries(top ?? {}) }));
  const bits = decimal(scored.bits_per_character, 3);
  const nats = decimal(scored.bits_per_character * Math.LN2, 3);
  const perplexity = decimal(scored.perplexity, 1);
  result.querySelector(".tiles").replaceChildren(
    tile("scoreNats", nats, "scoreTotal", decimal(scored.nats, 1)),
    tile("scoreBits", bits),
    tile("scorePerplexity", perplexity, "scorePerplexityHint"),
    tile("scoreCharacters", count(symbols.length)));
  const colored = new ColoredText((index, anchor) => {
    const before = symbols.slice(0, index).map(it => it.symbol).join("");
    const branch = chosen => {
      showWriting();
      continueFrom(before + chosen.symbol, [...symbols.slice(0, index), chosen],
        number => ["sampleFromText", number, () => visible(chosen.symbol)]);
    };
    showAlternatives(before, symbols[index], anchor, writable() ? branch : null);
  }, "scoredText");
  colored.append(symbols);
  result.querySelector(".text").replaceChildren(colored.element);
  result.hidden = false;
  announce(message("announceScore", nats, perplexity));
}
