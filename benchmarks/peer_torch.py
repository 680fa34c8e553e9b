#!/usr/bin/env python3
"""The same training step in PyTorch; prints the same line of JSON as "charrnn bench".

Variants: "cell" is the GRU with the reset before the product, written with torch operations; only the embedding rows
that occur are updated (same result as a dense Adagrad). "gru" is torch.nn.GRU (reset after the product) on an embedding,
with torch.optim.Adagrad.
"""
import argparse
import json
import os
import statistics
import time

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="S", choices=["S", "M", "L"])
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--variant", default="cell", choices=["cell", "gru"])
parser.add_argument("--seconds", type=float, default=2)
parser.add_argument("--generate", action="store_true", help="measure generation with batch 1 and then 64, without gradients")
options = parser.parse_args()
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(options.threads)
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
import torch  # noqa: E402  (reads the variables above)
import torch.nn.functional as F  # noqa: E402

from synthetic_text import synthetic_text  # noqa: E402

torch.set_num_threads(options.threads)
torch.manual_seed(1)
H, LAYERS, V, T, B = {
    "S": (100, 1, 3000, 25, 1), "M": (512, 1, 3000, 50, 32), "L": (1024, 2, 5000, 64, 64)}[options.config]
REDUCTION = "sum" if options.config == "S" else "mean"
RATE, EPSILON = 0.005, 1e-8

text = torch.tensor(synthetic_text(V))
span = len(text) // B
streams = text[: span * B].view(B, span)
position = 0


def window():
    global position
    if position + T + 1 >= span:
        position = 0
    x = streams[:, position:position + T].t().contiguous()
    y = streams[:, position + 1:position + T + 1].t().contiguous()
    position += T
    return x, y


def normal(*shape):
    return torch.randn(*shape) * 0.01


table = normal(V, 3 * H)
layers = [(normal(H, 3 * H) if i else None, normal(H, 2 * H), normal(H, H), torch.zeros(3 * H)) for i in range(LAYERS)]
output, bias = normal(H, V), torch.zeros(V)
dense = [p for layer in layers for p in layer if p is not None] + [output, bias]
squares = {id(p): torch.zeros_like(p) for p in dense + [table]}
states = [torch.zeros(B, H) for _ in range(LAYERS)]


def cell(h, gates, candidate, layer):
    zr = torch.sigmoid(torch.addmm(gates, h, layer[1]))
    z, r = zr[:, :H], zr[:, H:]
    return z * h + (1 - z) * torch.tanh(torch.addmm(candidate, r * h, layer[2]))


def forward(rows):
    x = rows
    for i, layer in enumerate(layers):
        x = (x if i == 0 else x @ layer[0]) + layer[3]
        h = states[i] if options.config != "S" else torch.zeros(B, H)
        out = []
        for gates, candidate in zip(x[..., :2 * H].unbind(0), x[..., 2 * H:].unbind(0)):
            h = cell(h, gates, candidate, layer)
            out.append(h)
        states[i] = h.detach()
        x = torch.stack(out)
    return torch.addmm(bias, x.reshape(-1, H), output)


def step_of_cell():
    x, y = window()
    distinct, where = torch.unique(x, return_inverse=True)
    rows = table[distinct].requires_grad_(True)
    for p in dense:
        p.requires_grad_(True)
        p.grad = None
    loss = F.cross_entropy(forward(rows[where]), y.view(-1), reduction=REDUCTION)
    loss.backward()
    with torch.no_grad():
        g = rows.grad
        s = squares[id(table)][distinct].addcmul_(g, g)
        squares[id(table)][distinct] = s
        table.index_add_(0, distinct, g / (s + EPSILON).sqrt_(), alpha=-RATE)
        for p in dense:
            s = squares[id(p)].addcmul_(p.grad, p.grad)
            p.addcdiv_(p.grad, (s + EPSILON).sqrt_(), value=-RATE)
    return loss.item()


def step_of_gru():
    x, y = window()
    out, _ = gru(embedding(x))
    loss = F.cross_entropy(linear(out).view(-1, V), y.view(-1), reduction=REDUCTION)
    adagrad.zero_grad(set_to_none=True)
    loss.backward()
    adagrad.step()
    return loss.item()


def generation(texts):
    """A step that generates one character for each of some texts; the characters read come from the text."""
    states = [torch.zeros(texts, H) for _ in range(LAYERS)]

    def step():
        global position
        with torch.no_grad():
            x = text[position:position + texts]
            position = (position + texts) % (len(text) - texts)
            pre = table[x]
            for i, layer in enumerate(layers):
                pre = (pre if i == 0 else pre @ layer[0]) + layer[3]
                states[i] = cell(states[i], pre[:, :2 * H], pre[:, 2 * H:], layer)
                pre = states[i]
            torch.addmm(bias, pre, output)
        return float("nan")
    return step


def rate(step, characters, seconds):
    start, count = time.perf_counter(), 0
    while count == 0 or time.perf_counter() - start < seconds:
        step()
        count += 1
    return count * characters / (time.perf_counter() - start)


def measure(name, step, characters):
    """Prints a line of JSON."""
    first = step()
    rate(step, characters, 2 * options.seconds)
    rates = sorted(rate(step, characters, options.seconds) for _ in range(5))
    last = step()
    per_character = T * B if REDUCTION == "sum" else 1
    peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(json.dumps({
        "config": name, "threads": options.threads,
        "accelerator": "torch-" + options.variant, "chars_per_s_median": round(statistics.median(rates), 1),
        "chars_per_s_min": round(rates[0], 1), "chars_per_s_max": round(rates[-1], 1), "peak_rss_mb": round(peak, 1),
        "first_loss": None if options.generate else round(first / per_character, 4),
        "last_loss": None if options.generate else round(last / per_character, 4)}))


if options.generate:
    for texts in 1, 64:
        measure(f"{options.config}-generate-{texts}", generation(texts), texts)
elif options.variant == "cell":
    measure(options.config, step_of_cell, T * B)
else:
    embedding, gru, linear = torch.nn.Embedding(V, H), torch.nn.GRU(H, H, LAYERS), torch.nn.Linear(H, V)
    parameters = [*embedding.parameters(), *gru.parameters(), *linear.parameters()]
    adagrad = torch.optim.Adagrad(parameters, lr=RATE, eps=EPSILON)
    measure(options.config, step_of_gru, T * B)
