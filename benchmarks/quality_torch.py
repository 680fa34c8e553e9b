#!/usr/bin/env python3
"""Trains the model that a person would write in PyTorch for some minutes and prints its loss on the last tenth of a text.

An embedding, torch.nn.GRU or torch.nn.LSTM, dropout between everything, AdamW, gradients clipped to a norm, a warm-up, and a
cosine that ends when the time does. A large vocabulary shares the embedding with the output. Each line of output has the
seconds since training began, measurements included, and the loss in nats per character on the held-out text.
"""
import argparse
import json
import math
import os
import sys
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("text")
parser.add_argument("--minutes", type=float, default=15)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--cell", choices=["gru", "lstm"], default="gru")
parser.add_argument("--hidden-size", type=int, default=512)
parser.add_argument("--layers", type=int, default=2)
parser.add_argument("--dropout", type=float, default=0.4)
parser.add_argument("--seq-length", type=int, default=64)
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--learning-rate", type=float, default=0.002)
parser.add_argument("--weight-decay", type=float, default=0.01)
parser.add_argument("--clip-norm", type=float, default=5)
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(options.threads)
import torch  # noqa: E402  (reads the variable above)
from torch import nn  # noqa: E402

WARMUP_SHARE = 0.02
TIED_FROM = 1000  # symbols
STREAMS = 32  # of a measurement

torch.set_num_threads(options.threads)
torch.manual_seed(options.seed)
with open(options.text, encoding="utf-8") as file:
    text = file.read()
symbols = {symbol: number for number, symbol in enumerate(sorted(set(text)))}
ids = torch.tensor([symbols[symbol] for symbol in text])
held_out_length = len(ids) // 10
training, held_out = ids[:-held_out_length], ids[-held_out_length:]
V, H, T, B = len(symbols), options.hidden_size, options.seq_length, options.batch_size


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        tied = V >= TIED_FROM
        self.embedding = nn.Embedding(V, H)
        if tied:
            nn.init.normal_(self.embedding.weight, std=0.1)
        cell = {"gru": nn.GRU, "lstm": nn.LSTM}[options.cell]
        self.layers = cell(H, H, options.layers, dropout=options.dropout if options.layers > 1 else 0)
        self.dropout = nn.Dropout(options.dropout)
        self.output = nn.Linear(H, V)
        if tied:
            self.output.weight = self.embedding.weight

    def forward(self, x, state):
        out, state = self.layers(self.dropout(self.embedding(x)), state)
        return self.output(self.dropout(out)), state


def detached(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def loss_of(model, x, y, state, reduction="mean"):
    logits, state = model(x, state)
    return nn.functional.cross_entropy(logits.reshape(-1, V), y.reshape(-1), reduction=reduction, ignore_index=-1), state


def measured(model):
    """The mean loss of all symbols but the first; each stream but the first reads one window that does not count."""
    span = math.ceil((len(held_out) - 1) / STREAMS)
    x = torch.zeros(STREAMS, span + T, dtype=torch.long)
    y = torch.full((STREAMS, span + T), -1, dtype=torch.long)
    for stream in range(STREAMS):
        counted = stream * span
        start = max(0, counted - T)
        end = min(counted + span, len(held_out) - 1)
        if end <= counted:
            continue
        x[stream, : end - start] = held_out[start:end]
        y[stream, counted - start : end - start] = held_out[counted + 1 : end + 1]
    total, state = 0.0, None
    model.eval()
    with torch.no_grad():
        for start in range(0, x.shape[1], T):
            part, state = loss_of(model, x[:, start:start + T].t(), y[:, start:start + T].t(), state, "sum")
            total += part.item()
    model.train()
    return total / (len(held_out) - 1)


def main():
    model = Model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.learning_rate, weight_decay=options.weight_decay)
    span = len(training) // B
    streams = training[: span * B].view(B, span)
    seconds = 60 * options.minutes
    start = time.monotonic()
    position, state, characters, minute = 0, None, 0, 1
    while (elapsed := time.monotonic() - start) < seconds:
        done = elapsed / seconds
        rate = done / WARMUP_SHARE if done < WARMUP_SHARE else (1 + math.cos(math.pi * done)) / 2
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * max(rate, 1e-3)
        if position + T + 1 > span:
            position, state = 0, None
        x = streams[:, position:position + T].t().contiguous()
        y = streams[:, position + 1:position + T + 1].t().contiguous()
        position += T
        loss, state = loss_of(model, x, y, state)
        state = detached(state)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), options.clip_norm)
        optimizer.step()
        characters += T * B
        if time.monotonic() - start >= 60 * minute and minute < options.minutes:
            report(model, start, characters)
            minute = int((time.monotonic() - start) / 60) + 1
    report(model, start, characters)


def report(model, start, characters):
    nats = measured(model)
    elapsed = time.monotonic() - start
    print(json.dumps({"program": "torch-" + options.cell, "seconds": round(elapsed, 1), "nats": round(nats, 4),
                      "epochs": round(characters / len(training), 2), "chars_per_s": round(characters / elapsed)}))
    sys.stdout.flush()


main()
