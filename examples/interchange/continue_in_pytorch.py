#!/usr/bin/env python3
"""Trains an exported model further in PyTorch, so that charrnn can import it again.

    bin/charrnn export essays.ckpt --to hf --out essays-hf
    python3 examples/interchange/continue_in_pytorch.py essays-hf essays.txt 20
    bin/charrnn import essays-hf --out essays-again.ckpt

Needs torch and safetensors. Prints, before and after, the loss in nats per character and the greedy text after the first
character of the training text.
"""

import json
import os
import sys

import torch
from safetensors.torch import save_file


def main(folder, text_file, steps):
    sys.path.insert(0, folder)
    from modeling_charrnn import load, write

    model, symbols = load(folder)
    ids = {symbol: i for i, symbol in enumerate(symbols)}
    with open(text_file, encoding="utf-8", newline="") as file:
        text = [c for c in file.read().replace("\r\n", "\n") if c in ids]
    data = torch.tensor([ids[c] for c in text])
    print("greedy before:", json.dumps(write(model, symbols, text[0], 40), ensure_ascii=False))

    window = min(50, len(data) - 1)
    inputs, targets = data[:window][None], data[1 : window + 1][None]

    def loss():
        return torch.nn.functional.cross_entropy(model(inputs)[0][0], targets[0])

    before = loss().item()
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-3)
    for _ in range(steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
    print(f"loss: {before:.6f} -> {loss().item():.6f}")
    print("greedy after:", json.dumps(write(model, symbols, text[0], 40), ensure_ascii=False))

    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    if model.config.tie_word_embeddings:  # written once
        del weights["decoder.weight"]
    for name, tensor in weights.items():
        if name.startswith("rnn.bias_hh") and model.config.cell in ("lstm", "rnn"):
            assert not tensor.any(), f"{name} must stay zero"
    save_file(weights, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
