// The characters that the model writes, with their probabilities.

import { events, request, ServerError } from "./server.js";

/** The number of most probable characters that are asked for at each place. */
const ALTERNATIVES = 10;

/**
 * Has the model continue `fields.prompt`.
 *
 * Yields {symbols, ending}: symbols as ColoredText shows them, and the reason of the end where it is known. Fails with
 * a ServerError if the stream ends before the text does.
 *
 * @param busy called with the seconds until the next try if the server is busy
 */
export async function* completion(fields, signal, busy) {
  const response = await request("v1/completions", { body: requestOf(fields), signal, busy });
  yield { symbols: [], ending: null };
  let written = 0;
  try {
    for await (const { data } of events(response)) {
      if (data === "[DONE]") return;
      const chunk = JSON.parse(data);
      if (chunk.error) throw new ServerError("streamError", chunk.error.message);
      for (const choice of chunk.choices) {
        const symbols = symbolsOf(choice);
        written += symbols.length;
        yield { symbols, ending: choice.finish_reason };
      }
    }
  } catch (e) {
    if (e instanceof ServerError || signal.aborted) throw e;
  }
  signal.throwIfAborted();
  throw new ServerError("lost", written);
}

function requestOf(fields) {
  const temperature = Number(fields.temperature);
  const topK = Number(fields.top_k ?? 0);
  const repetition = Number(fields.repetition_penalty);
  return {
    model: fields.model,
    prompt: fields.prompt,
    max_tokens: Number(fields.max_tokens),
    temperature,
    ...(temperature > 0 && { top_p: Number(fields.top_p) }),
    ...(temperature > 0 && topK > 0 && { top_k: topK }),
    ...(repetition > 1 && { repetition_penalty: repetition }),
    ...(fields.unknown !== "error" && { unknown: fields.unknown }),
    seed: Number(fields.seed),
    stream: true,
    logprobs: ALTERNATIVES,
  };
}

function symbolsOf({ text, logprobs }) {
  if (!logprobs) return [...text].map(symbol => ({ symbol, logprob: null, top: [] }));
  return logprobs.tokens.map((symbol, i) => ({
    symbol,
    logprob: logprobs.token_logprobs[i],
    top: Object.entries(logprobs.top_logprobs?.[i] ?? {}),
  }));
}
