#!/usr/bin/env python3
"""A training step with torch.nn.GRU on a GPU (cuDNN); prints the same line of JSON as "charrnn bench".

The network is an embedding, the GRU, a linear layer, cross entropy and torch.optim.Adagrad. The ids are drawn from a
distribution similar to characters in a text; their order does not affect the speed.
"""
import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="M", choices=["S", "M", "L"])
parser.add_argument("--seconds", type=float, default=5)
parser.add_argument("--device", default="cuda", help="a device of torch; cpu tests this program")
options = parser.parse_args()
H, LAYERS, V, T, B = {
    "S": (100, 1, 3000, 25, 1), "M": (512, 1, 3000, 50, 32), "L": (1024, 2, 5000, 64, 64)}[options.config]
device = torch.device(options.device)
torch.manual_seed(1)

embedding, gru, linear = torch.nn.Embedding(V, H), torch.nn.GRU(H, H, LAYERS), torch.nn.Linear(H, V)
modules = torch.nn.ModuleList([embedding, gru, linear]).to(device)
adagrad = torch.optim.Adagrad(modules.parameters(), lr=0.005, eps=1e-8)
share = 1.0 / (torch.arange(V) + 2.7)
ids = torch.multinomial(share, 64 * (T + 1) * B, replacement=True).view(64, T + 1, B).to(device)
state = torch.zeros(LAYERS, B, H, device=device)
steps = 0


def step():
    global state, steps
    window = ids[steps % len(ids)]
    steps += 1
    out, after = gru(embedding(window[:-1]), state)
    state = after.detach()
    loss = F.cross_entropy(linear(out).view(-1, V), window[1:].reshape(-1))
    adagrad.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(modules.parameters(), 1)
    adagrad.step()
    return loss.item()  # as a trainer does; it also waits for the end of the step


def rate():
    start, count = time.perf_counter(), 0
    while count == 0 or time.perf_counter() - start < options.seconds:
        step()
        count += 1
    return count * T * B / (time.perf_counter() - start)


rate()  # warm-up
rates = sorted(rate() for _ in range(5))
print(json.dumps({
    "config": options.config, "accelerator": "torch-gru-" + options.device,
    "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "processor",
    "chars_per_s_median": round(statistics.median(rates), 1),
    "chars_per_s_min": round(rates[0], 1), "chars_per_s_max": round(rates[-1], 1)}))
