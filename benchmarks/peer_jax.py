#!/usr/bin/env python3
"""The same training step in JAX; prints the same line of JSON as "charrnn bench".

The GRU with the reset before the product, written with jax.lax.scan and compiled as one function with its gradient and its
Adagrad. JAX has no option for the number of threads, so the process runs on as many processors.
"""
import argparse
import json
import os
import statistics
import time

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="S", choices=["S", "M", "L"])
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=2)
options = parser.parse_args()
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:options.threads])
if options.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax  # noqa: E402  (reads the variables above)
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

from synthetic_text import synthetic_text  # noqa: E402

H, LAYERS, V, T, B = {
    "S": (100, 1, 3000, 25, 1), "M": (512, 1, 3000, 50, 32), "L": (1024, 2, 5000, 64, 64)}[options.config]
CARRIES = options.config != "S"
RATE, EPSILON = 0.005, 1e-8

text = np.array(synthetic_text(V), dtype=np.int32)
span = len(text) // B
streams = text[: span * B].reshape(B, span)
position = 0
random = np.random.default_rng(1)


def window():
    global position
    if position + T + 1 >= span:
        position = 0
    x = streams[:, position:position + T].T.copy()
    y = streams[:, position + 1:position + T + 1].T.copy()
    position += T
    return x, y


def normal(*shape):
    return jnp.asarray(random.normal(scale=0.01, size=shape).astype(np.float32))


parameters = {
    "table": normal(V, 3 * H),
    "layers": [(normal(H, 3 * H) if i else jnp.zeros(0), normal(H, 2 * H), normal(H, H), jnp.zeros(3 * H)) for i in range(LAYERS)],
    "output": normal(H, V),
    "bias": jnp.zeros(V)}
squares = jax.tree.map(jnp.zeros_like, parameters)
states = [jnp.zeros((B, H)) for _ in range(LAYERS)]


def logits_of(parameters, states, x):
    rows, last = parameters["table"][x], []
    for i, (inputs, gates, candidate, bias) in enumerate(parameters["layers"]):
        rows = (rows if i == 0 else rows @ inputs) + bias

        def cell(h, row):
            zr = jax.nn.sigmoid(row[:, :2 * H] + h @ gates)
            z, r = zr[:, :H], zr[:, H:]
            h = z * h + (1 - z) * jnp.tanh(row[:, 2 * H:] + (r * h) @ candidate)
            return h, h

        h, rows = jax.lax.scan(cell, states[i], rows)
        last.append(h)
    return rows.reshape(-1, H) @ parameters["output"] + parameters["bias"], last


def loss_of(parameters, states, x, y):
    logits, last = logits_of(parameters, states, x)
    losses = jax.nn.logsumexp(logits, -1) - jnp.take_along_axis(logits, y.reshape(-1, 1), 1)[:, 0]
    return (losses.mean() if CARRIES else losses.sum()), last


def updated(parameters, squares, states, x, y):
    (loss, last), gradients = jax.value_and_grad(loss_of, has_aux=True)(parameters, states, x, y)
    squares = jax.tree.map(lambda s, g: s + g * g, squares, gradients)
    parameters = jax.tree.map(lambda p, s, g: p - RATE * g / jnp.sqrt(s + EPSILON), parameters, squares, gradients)
    return parameters, squares, last if CARRIES else states, loss


compiled = jax.jit(updated, donate_argnums=(0, 1))


def step():
    global parameters, squares, states
    parameters, squares, states, loss = compiled(parameters, squares, states, *window())
    return loss


def rate(seconds):
    start, count = time.perf_counter(), 0
    while count == 0 or time.perf_counter() - start < seconds:
        step().block_until_ready()
        count += 1
    return count * T * B / (time.perf_counter() - start)


per_character = 1 if CARRIES else T * B
first = float(step())
rate(2 * options.seconds)
rates = sorted(rate(options.seconds) for _ in range(5))
last = float(step())
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({
    "config": options.config, "threads": options.threads, "accelerator": "jax-scan",
    "chars_per_s_median": round(statistics.median(rates), 1), "chars_per_s_min": round(rates[0], 1),
    "chars_per_s_max": round(rates[-1], 1), "peak_rss_mb": round(peak, 1),
    "first_loss": round(first / per_character, 4), "last_loss": round(last / per_character, 4)}))
