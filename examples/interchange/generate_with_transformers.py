#!/usr/bin/env python3
"""Generates text with an exported model in Hugging Face's transformers.

    bin/charrnn export essays.ckpt --to hf --out essays-hf
    python3 examples/interchange/generate_with_transformers.py essays-hf 选 100

Needs torch, safetensors and transformers. Prints the prompt with the most probable characters after it, as
charrnn generate with --temperature 0 does.
"""

import json
import sys

from transformers import AutoModelForCausalLM, AutoTokenizer


def main(folder, prompt, length):
    model, info = AutoModelForCausalLM.from_pretrained(folder, trust_remote_code=True, output_loading_info=True)
    unlike = {kind: names for kind, names in info.items() if names}
    assert not unlike, f"the weights do not fit the model: {unlike}"
    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=True)
    ids = tokenizer(prompt, return_tensors="pt").input_ids
    text = tokenizer.decode(model.generate(ids, do_sample=False, max_new_tokens=length)[0])
    print("greedy:", json.dumps(text, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
