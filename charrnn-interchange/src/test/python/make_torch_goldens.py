#!/usr/bin/env python3
"""Writes what PyTorch computes for small models, for TorchGoldenTest.

    python3 make_torch_goldens.py FOLDER

Writes FOLDER/torch-{gru,lstm,rnn}.safetensors. Needs torch 2 and safetensors. Everything is computed in double precision
from weights that are exact in single precision, and stored in single precision.

A file has models of 1, 2 and 3 layers. The tensors of the model with L layers are named "L/...":

    L/weights/NAME     the initial weights, by the names of the state_dict
    L/logits           [T, B, V] of the first window
    L/losses           the loss of each of three steps, from the initial weights, in nats per character
    L/gradients        of the first window: all parameters that are trained, flat, in the order of the names
    L/OPTIMIZER/1      the parameters after one step of an optimizer, in the same form
    L/OPTIMIZER/3      after three steps

The metadata has, as JSON, the order of the names, the ids and targets of the three windows [3, T, B], the ids that follow
the first id of the first window greedily, and the optimizers with their settings. The second bias of nn.LSTM and nn.RNN is
zero and is not trained.
"""

import json
import os
import sys

import torch
from safetensors.torch import save_file
from torch import nn

V, H, T, B, STEPS, GREEDY = 5, 3, 6, 2, 3, 12

OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    "adagrad-epsilon-outside": (torch.optim.Adagrad, {"lr": 0.05, "eps": 1e-8}),
    "adam": (torch.optim.Adam, {"lr": 0.01, "betas": (0.9, 0.999), "eps": 1e-8}),
    "adamw": (torch.optim.AdamW, {"lr": 0.01, "betas": (0.9, 0.98), "eps": 1e-8, "weight_decay": 0.1}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.99, "eps": 1e-8}),
}

# The embedding size and whether the output is tied, by the number of layers.
HEADS = {1: (0, False), 2: (2, False), 3: (2, True)}


class Model(nn.Module):
    def __init__(self, layer, layers):
        super().__init__()
        columns, tied = HEADS[layers]
        if columns:
            self.encoder = nn.Embedding(V, columns)
        self.rnn = layer(columns or V, H, layers)
        if layer is not nn.GRU:
            for name, parameter in self.rnn.named_parameters():
                if name.startswith("bias_hh"):
                    nn.init.zeros_(parameter)
                    parameter.requires_grad_(False)
        if tied:
            self.proj = nn.Linear(H, columns, bias=False)
            self.decoder = nn.Linear(columns, V)
            self.decoder.weight = self.encoder.weight
        else:
            self.decoder = nn.Linear(H, V)

    def forward(self, ids, state=None):
        x = self.encoder(ids) if hasattr(self, "encoder") else nn.functional.one_hot(ids, V).double()
        y, state = self.rnn(x, state)
        return self.decoder(self.proj(y) if hasattr(self, "proj") else y), state


def model(layer, layers, weights=None):
    torch.manual_seed(1000 * layers + len(layer.__name__) + ord(layer.__name__[0]))
    result = Model(layer, layers)
    with torch.no_grad():
        for parameter in result.parameters():
            if parameter.requires_grad:
                parameter.normal_(0, 0.5)
    return result.float().double()


def trained(model):
    return [(name, p) for name, p in model.named_parameters() if p.requires_grad]


def flat(tensors):
    return torch.cat([tensor.detach().flatten() for tensor in tensors]).float()


def loss(model, ids, targets):
    logits, _ = model(ids)
    return nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())


def greedy(model, first):
    ids, state = [], None
    last = torch.tensor([[first]])
    for _ in range(GREEDY):
        logits, state = model(last, state)
        ids.append(int(logits[-1, 0].argmax()))
        last = torch.tensor([[ids[-1]]])
    return ids


def add(layer, layers, tensors, metadata):
    first = model(layer, layers)
    windows = torch.randint(0, V, (STEPS, T + 1, B))
    ids, targets = windows[:, :-1], windows[:, 1:]
    key = str(layers)
    for name, parameter in first.named_parameters():
        tensors[f"{key}/weights/{name}"] = parameter.detach().float()
    tensors[f"{key}/logits"] = first(ids[0])[0].detach().float()
    tensors[f"{key}/losses"] = torch.stack([loss(first, i, t) for i, t in zip(ids, targets)]).detach().float()
    loss(first, ids[0], targets[0]).backward()
    tensors[f"{key}/gradients"] = flat([p.grad for _, p in trained(first)])
    for name, (optimizer_class, settings) in OPTIMIZERS.items():
        current = model(layer, layers)
        optimizer = optimizer_class([p for _, p in trained(current)], **settings)
        for step in range(STEPS):
            optimizer.zero_grad()
            loss(current, ids[step], targets[step]).backward()
            optimizer.step()
            if step in (0, STEPS - 1):
                tensors[f"{key}/{name}/{step + 1}"] = flat([p for _, p in trained(current)])
    metadata[key] = json.dumps({
        "names": [name for name, _ in trained(first)],
        "ids": ids.tolist(),
        "targets": targets.tolist(),
        "greedy": greedy(first, int(ids[0, 0, 0])),
    })


def main(folder):
    for layer in (nn.GRU, nn.LSTM, nn.RNN):
        tensors, metadata = {}, {"torch": torch.__version__}
        metadata["optimizers"] = json.dumps({name: settings for name, (_, settings) in OPTIMIZERS.items()})
        for layers in HEADS:
            add(layer, layers, tensors, metadata)
        save_file(tensors, os.path.join(folder, f"torch-{layer.__name__.lower()}.safetensors"), metadata)


if __name__ == "__main__":
    main(sys.argv[1])
