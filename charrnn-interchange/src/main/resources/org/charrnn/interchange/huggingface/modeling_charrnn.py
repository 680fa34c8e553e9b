"""A character-level recurrent language model in PyTorch, with and without transformers.

With transformers:    AutoModelForCausalLM.from_pretrained(folder, trust_remote_code=True)
With torch alone:     model, symbols = load(folder); print(write(model, symbols, "text", 100))
"""

import json
import os
import sys

import torch
from torch import nn

try:
    from .configuration_charrnn import CharRnnConfig
except ImportError:  # not part of a package: without transformers
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from configuration_charrnn import CharRnnConfig

try:
    from transformers import GenerationMixin, PreTrainedModel
    from transformers.modeling_outputs import CausalLMOutput
except ImportError:
    PreTrainedModel = None


class ResetBeforeGru(nn.Module):
    """A GRU whose reset gate is applied before the recurrent product; nn.GRU applies it after."""

    def __init__(self, input_size, hidden_size, num_layers):
        super().__init__()
        self.hidden_size, self.num_layers = hidden_size, num_layers
        for k in range(num_layers):
            columns = input_size if k == 0 else hidden_size
            self.register_parameter(f"weight_ih_l{k}", nn.Parameter(torch.zeros(3 * hidden_size, columns)))
            self.register_parameter(f"weight_hh_l{k}", nn.Parameter(torch.zeros(3 * hidden_size, hidden_size)))
            self.register_parameter(f"bias_ih_l{k}", nn.Parameter(torch.zeros(3 * hidden_size)))

    def forward(self, x, state=None):
        if state is None:
            state = x.new_zeros(self.num_layers, x.shape[0], self.hidden_size)
        last = []
        for k in range(self.num_layers):
            gates = x @ getattr(self, f"weight_ih_l{k}").T + getattr(self, f"bias_ih_l{k}")
            u_r, u_z, u = getattr(self, f"weight_hh_l{k}").chunk(3)
            h, outputs = state[k], []
            for t in range(x.shape[1]):
                x_r, x_z, x_h = gates[:, t].chunk(3, dim=-1)
                r = torch.sigmoid(x_r + h @ u_r.T)
                z = torch.sigmoid(x_z + h @ u_z.T)
                h = z * h + (1 - z) * torch.tanh(x_h + (r * h) @ u.T)
                outputs.append(h)
            x = torch.stack(outputs, dim=1)
            last.append(h)
        return x, torch.stack(last)


def _build(module, config):
    """Gives a module the layers of the model."""
    if config.embedding_size > 0:
        module.encoder = nn.Embedding(config.vocab_size, config.embedding_size)
    inputs = config.embedding_size or config.vocab_size
    sizes = (inputs, config.hidden_size, config.num_hidden_layers)
    if config.cell == "gru":
        module.rnn = ResetBeforeGru(*sizes)
    else:
        layer = {"gru-reset-after": nn.GRU, "lstm": nn.LSTM, "rnn": nn.RNN}[config.cell]
        module.rnn = layer(*sizes, batch_first=True)
    if config.cell in ("lstm", "rnn"):  # the cell has one bias; the second one stays zero
        for name, parameter in module.rnn.named_parameters():
            if name.startswith("bias_hh"):
                nn.init.zeros_(parameter)
                parameter.requires_grad_(False)
    columns = config.hidden_size
    if config.tie_word_embeddings and config.embedding_size != config.hidden_size:
        module.proj = nn.Linear(config.hidden_size, config.embedding_size, bias=False)
        columns = config.embedding_size
    module.decoder = nn.Linear(columns, config.vocab_size)
    if config.tie_word_embeddings:
        module.decoder.weight = module.encoder.weight


def _run(module, ids, state=None):
    """The logits [B, T, V] and the state after the last symbol."""
    if hasattr(module, "encoder"):
        x = module.encoder(ids)
    else:
        x = nn.functional.one_hot(ids, module.decoder.out_features).to(module.decoder.weight.dtype)
    y, state = module.rnn(x, state)
    if hasattr(module, "proj"):
        y = module.proj(y)
    return module.decoder(y), state


class CharRnn(nn.Module):
    """The model without transformers: ids [B, T] to logits [B, T, V] and the state."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        _build(self, config)

    def forward(self, ids, state=None):
        return _run(self, ids, state)


if PreTrainedModel is not None:

    class CharRnnForCausalLM(PreTrainedModel, GenerationMixin):
        config_class = CharRnnConfig
        _tied_weights_keys = {"decoder.weight": "encoder.weight"}

        def __init__(self, config):
            super().__init__(config)
            if not config.tie_word_embeddings:
                self._tied_weights_keys = None
            _build(self, config)
            self.post_init()

        def _init_weights(self, module):
            pass

        def get_input_embeddings(self):
            return getattr(self, "encoder", None)

        def set_input_embeddings(self, value):
            self.encoder = value

        def get_output_embeddings(self):
            return self.decoder

        def prepare_inputs_for_generation(self, input_ids, **kwargs):
            return {"input_ids": input_ids}

        def forward(self, input_ids, labels=None, **kwargs):
            logits, _ = _run(self, input_ids)
            loss = None
            if labels is not None:
                loss = nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten())
            return CausalLMOutput(loss=loss, logits=logits)


def load(folder):
    """The model in a folder and its symbols in the order of their ids, without transformers."""
    from safetensors.torch import load_file

    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = CharRnnConfig(**json.load(file))
    with open(os.path.join(folder, "tokenizer.json"), encoding="utf-8") as file:
        vocabulary = json.load(file)["model"]["vocab"]
    model = CharRnn(config)
    weights = load_file(os.path.join(folder, "model.safetensors"))
    if config.tie_word_embeddings:
        weights["decoder.weight"] = weights["encoder.weight"]
    model.load_state_dict(weights, strict=True)
    return model.eval(), sorted(vocabulary, key=vocabulary.get)


@torch.no_grad()
def write(model, symbols, prompt, length):
    """The prompt and the most probable symbol after it, again and again."""
    ids = {symbol: i for i, symbol in enumerate(symbols)}
    text = list(prompt)
    logits, state = model(torch.tensor([[ids[symbol] for symbol in text]]))
    for _ in range(length):
        best = int(logits[0, -1].argmax())
        text.append(symbols[best])
        logits, state = model(torch.tensor([[best]]), state)
    return "".join(text)
