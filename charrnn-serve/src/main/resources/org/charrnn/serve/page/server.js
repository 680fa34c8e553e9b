// Requests to the server: the key, the errors, and streams of events. Addresses are relative to the page.

import { byId } from "./dom.js";

const KEY = "charrnn.key";
const TRIES = 5;

/** No answer, or one that is an error: the key of its message, and the values of it. */
export class ServerError extends Error {
  constructor(key, ...values) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/**
 * Sends a request: a POST with a body, otherwise a GET. Asks for a key if the server requires one. If the server is
 * busy, waits as long as it says and tries again; `busy` is called with the seconds that are left.
 */
export async function request(path, { body, signal, busy = () => {} } = {}) {
  for (let tried = 1; ; tried++) {
    const response = await send(path, body, signal);
    if (response.ok) return response;
    if (response.status === 401) {
      await askForKey();
    } else if (response.status === 429 && tried < TRIES) {
      await countDown(Number(response.headers.get("Retry-After")) || 1, busy, signal);
    } else {
      throw await errorOf(response);
    }
  }
}

async function send(path, body, signal) {
  const key = sessionStorage.getItem(KEY);
  try {
    return await fetch(path, {
      method: body ? "POST" : "GET",
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(key && { Authorization: "Bearer " + key }),
      },
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal,
    });
  } catch (e) {
    throw e.name === "AbortError" ? e : new ServerError("unreachable");
  }
}

async function errorOf(response) {
  if (response.status === 429) return new ServerError("busy");
  const text = await response.text();
  let explanation;
  try {
    explanation = JSON.parse(text).error.message;
  } catch {
    explanation = response.statusText; // not an answer of this server: perhaps of a proxy
  }
  return explanation
    ? new ServerError("serverError", response.status, explanation)
    : new ServerError("serverStatus", response.status);
}

async function countDown(seconds, busy, signal) {
  for (let left = Math.ceil(seconds); left > 0; left--) {
    busy(left);
    await pause(1000, signal);
  }
}

/** Waits; fails if the signal aborts. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

// ---- events

/** The events of a response, as {name, data}. Ends where the connection ends. */
export async function* events(response) {
  let event = { name: "message", data: [] };
  for await (const line of lines(response.body)) {
    if (line === "") {
      if (event.data.length) yield { name: event.name, data: event.data.join("\n") };
      event = { name: "message", data: [] };
    } else if (line.startsWith("data:")) {
      event.data.push(line.slice(line[5] === " " ? 6 : 5));
    } else if (line.startsWith("event:")) {
      event.name = line.slice(6).trim();
    }
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) yield part.endsWith("\r") ? part.slice(0, -1) : part;
    }
  } finally {
    reader.cancel().catch(() => {}); // the connection may be lost already
  }
}

// ---- the key

let asking;

// Requests that are refused at the same time ask once.
function askForKey() {
  asking ??= keyFromDialog().finally(() => (asking = undefined));
  return asking;
}

function keyFromDialog() {
  const dialog = byId("key");
  const input = dialog.querySelector("input");
  dialog.querySelector(".problem").hidden = sessionStorage.getItem(KEY) === null;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve, reject) => {
    dialog.addEventListener("close", () => {
      const key = input.value.trim();
      input.value = "";
      if (dialog.returnValue === "use") {
        sessionStorage.setItem(KEY, key);
        resolve();
      } else {
        reject(new ServerError("keyMissing"));
      }
    }, { once: true });
  });
}
