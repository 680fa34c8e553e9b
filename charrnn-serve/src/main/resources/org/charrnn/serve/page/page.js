// The page: language, colors, views and the choice of the model.

import { prepareAlternatives } from "./alternatives.js";
import { legend } from "./colored.js";
import { byId, element } from "./dom.js";
import { count } from "./format.js";
import { say, speak, unsay } from "./language.js";
import { prepareScoring } from "./score.js";
import { request, ServerError } from "./server.js";
import { findTraining } from "./training.js";
import { followLink, prepareWriting } from "./write.js";

/** How long after an answer without models the server is asked again: a training has none before its first save. */
const RETRY = 3000;

let models = [];
let retry = 0;

// ---- what the reader chose before

function stored(name) {
  try {
    return localStorage.getItem("charrnn." + name);
  } catch {
    return null; // the browser keeps nothing for this page
  }
}

function store(name, value) {
  try {
    localStorage.setItem("charrnn." + name, value);
  } catch {
    // The choice holds until the page is closed.
  }
}

function prepareSwitches() {
  const language = byId("language");
  const preferred = navigator.languages.find(it => /^(zh|en)\b/i.test(it)) ?? "en";
  language.value = stored("language") ?? preferred.slice(0, 2).toLowerCase();
  language.addEventListener("change", () => {
    store("language", language.value);
    speak(language.value);
  });
  const theme = byId("theme");
  theme.value = stored("theme") ?? "auto";
  document.documentElement.dataset.theme = theme.value;
  theme.addEventListener("change", () => {
    store("theme", theme.value);
    document.documentElement.dataset.theme = theme.value;
  });
  speak(language.value);
}

// ---- views

const tabs = [...document.querySelectorAll("[role=tab]")];

function show(tab) {
  for (const it of tabs) {
    it.ariaSelected = String(it === tab);
    it.tabIndex = it === tab ? 0 : -1;
    byId(it.getAttribute("aria-controls")).hidden = it !== tab;
  }
}

function prepareTabs() {
  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", event => {
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!move) return;
      const shown = tabs.filter(it => !it.hidden);
      const next = shown[(shown.indexOf(tab) + move + shown.length) % shown.length];
      show(next);
      next.focus();
    });
  }
}

// ---- models

// Returns whether the server answered.
async function loadModels() {
  let answered = true;
  const problem = byId("model-problem");
  try {
    models = (await (await request("v1/models")).json()).data;
    problem.hidden = models.length > 0;
    if (!models.length) say(problem.querySelector("p"), "noModel");
  } catch (e) {
    if (!(e instanceof ServerError)) throw e;
    models = [];
    answered = false;
    problem.hidden = false;
    say(problem.querySelector("p"), e.key, ...e.values);
  }
  byId("model").replaceChildren(...models.map(it => {
    const option = element("option", "", it.id);
    option.value = it.id;
    return option;
  }));
  for (const id of ["model", "score-start"]) byId(id).disabled = !models.length;
  showModel();
  return answered;
}

function showModel() {
  const facts = models.find(it => it.id === byId("model").value)?.charrnn;
  const backward = facts?.direction === "backward";
  byId("start").disabled = !facts || backward; // such a model writes before its prompt
  if (!facts) {
    unsay(byId("model-facts"));
    return;
  }
  say(byId("model-facts"), backward ? "modelFactsBackward" : "modelFacts",
    facts.cell, count(facts.layers), count(facts.hidden_size), count(facts.vocabulary_size), count(facts.parameters));
}

async function connect() {
  clearTimeout(retry);
  if (!(await loadModels())) return;
  if (models.length) {
    followLink();
  } else {
    retry = setTimeout(connect, RETRY);
  }
  const training = byId("tab-training");
  if (training.hidden) training.hidden = !(await findTraining());
}

for (const place of document.querySelectorAll(".legend")) place.append(...legend());
prepareSwitches();
prepareTabs();
prepareAlternatives();
prepareWriting();
prepareScoring(() => show(byId("tab-write")));
byId("key").querySelector(".close").addEventListener("click", () => byId("key").close());
byId("model").addEventListener("change", showModel);
byId("model-problem").querySelector("button").addEventListener("click", connect);
await connect();
