#!/usr/bin/env python3
"""Writes ONNX's node tests of GRU, LSTM and RNN as numbers, for OnnxGoldenTest.

    python3 make_onnx_goldens.py FOLDER

Writes FOLDER/onnx-nodes.safetensors. Needs onnx and safetensors. The cases are those that onnx.backend.test generates,
without the one with peepholes, which no cell has, and random ones of its reference helpers, which also cover
linear_before_reset. Each is brought to one form:

    layout 1           the first two axes are swapped
    reverse            x and y are flipped
    bidirectional      becomes two cases, /0 and /1

Tensors of a case: CASE/X [T, B, I], CASE/W [gates H, I], CASE/R [gates H, H], CASE/B [2 gates H], CASE/initial_h [B, H],
CASE/Y [T, B, H], CASE/Y_h [B, H], and for LSTM CASE/initial_c and CASE/Y_c; the metadata has operator and linear_before_reset
of each case as JSON.
"""

import json
import os
import sys

import numpy as np
import onnx
from onnx.backend.test.case.node import gru, lstm, rnn
from safetensors.numpy import save_file

GATES = {"GRU": 3, "LSTM": 4, "RNN": 1}


def add(name, operator, attributes, inputs, outputs, tensors, metadata):
    """One case for each direction; inputs and outputs are arrays by name, in the layout of the attributes."""
    swapped = attributes.get("layout", 0) == 1

    def swap(array):
        return np.swapaxes(array, 0, 1) if swapped else array

    x = swap(inputs["X"])
    y = outputs.get("Y")
    directions = inputs["W"].shape[0]
    hidden = inputs["R"].shape[-1]
    for d in range(directions):
        flipped = attributes.get("direction", "forward") == "reverse" or d == 1
        case = name if directions == 1 else f"{name}/{d}"
        values = {
            "X": x[::-1] if flipped else x,
            "W": inputs["W"][d],
            "R": inputs["R"][d],
            "B": inputs.get("B", np.zeros((directions, 2 * GATES[operator] * hidden)))[d],
            "Y_h": (np.swapaxes(outputs["Y_h"], 0, 1) if swapped else outputs["Y_h"])[d],
        }
        for state in ("initial_h", "initial_c"):
            if state in inputs:
                values[state] = swap(inputs[state])[d]
            elif state == "initial_h" or operator == "LSTM":
                values[state] = np.zeros((x.shape[1], hidden))
        if y is not None:
            own = (np.moveaxis(y, 2, 0) if swapped else np.moveaxis(y, 1, 0))[d]  # [T, B, H], or [B, T, H]
            own = np.swapaxes(own, 0, 1) if swapped else own
            values["Y"] = own[::-1] if flipped else own
        if "Y_c" in outputs:
            values["Y_c"] = outputs["Y_c"][d]
        for key, value in values.items():
            tensors[f"{case}/{key}"] = np.ascontiguousarray(value, dtype=np.float32)
        metadata[case] = json.dumps({
            "operator": operator,
            "linear_before_reset": int(attributes.get("linear_before_reset", 0)),
        })


def node_tests(tensors, metadata):
    def expect(node, inputs, outputs, name):
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        attributes = {k: v.decode() if isinstance(v, bytes) else v for k, v in attributes.items()}
        given = [i for i in node.input]
        present = dict(zip([n for n in given if n], inputs))
        names = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"]
        by_name = {names[i]: present[n] for i, n in enumerate(given) if n}
        if "P" in by_name:
            return
        results = dict(zip([n for n in node.output if n], outputs))
        add(name, node.op_type, attributes, by_name, results, tensors, metadata)

    for module, cases in ((gru, gru.GRU), (lstm, lstm.LSTM), (rnn, rnn.RNN)):
        module.expect = expect
        for export in sorted(name for name in vars(cases) if name.startswith("export")):
            getattr(cases, export)()


def random_tests(tensors, metadata):
    random = np.random.default_rng(22)
    t, b, i, h = 5, 2, 3, 4
    for operator, helper, attributes in (
        ("GRU", gru.GRUHelper, {"linear_before_reset": 0}),
        ("GRU", gru.GRUHelper, {"linear_before_reset": 1}),
        ("LSTM", lstm.LSTMHelper, {}),
        ("RNN", rnn.RNNHelper, {}),
    ):
        gates = GATES[operator]
        inputs = {
            "X": random.normal(size=(t, b, i)),
            "W": random.normal(size=(1, gates * h, i)),
            "R": random.normal(size=(1, gates * h, h)),
            "B": random.normal(size=(1, 2 * gates * h)),
            "initial_h": random.normal(size=(1, b, h)),
        }
        if operator == "LSTM":
            inputs["initial_c"] = random.normal(size=(1, b, h))
        inputs = {name: value.astype(np.float32).astype(np.float64) for name, value in inputs.items()}
        outputs = helper(**inputs, **attributes).step()
        results = dict(zip(("Y", "Y_h", "Y_c"), outputs))
        name = f"random_{operator.lower()}" + "".join(f"_{value}" for value in attributes.values())
        add(name, operator, attributes, inputs, results, tensors, metadata)


def main(folder):
    np.random.seed(22)  # for the node tests that are random
    tensors, metadata = {}, {"onnx": onnx.__version__}
    node_tests(tensors, metadata)
    random_tests(tensors, metadata)
    save_file(tensors, os.path.join(folder, "onnx-nodes.safetensors"), metadata)


if __name__ == "__main__":
    main(sys.argv[1])
