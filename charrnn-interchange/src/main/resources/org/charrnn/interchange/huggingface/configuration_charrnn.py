"""Configuration of a character-level recurrent language model."""

try:
    from transformers import PretrainedConfig
except ImportError:  # plain torch is enough to run the model

    class PretrainedConfig:
        def __init__(self, **kwargs):
            for key, value in kwargs.items():
                setattr(self, key, value)


class CharRnnConfig(PretrainedConfig):
    model_type = "charrnn"

    def __init__(
        self,
        cell="lstm",
        vocab_size=2,
        hidden_size=1,
        num_hidden_layers=1,
        embedding_size=1,
        tie_word_embeddings=False,
        **kwargs,
    ):
        self.cell = cell
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.embedding_size = embedding_size
        super().__init__(tie_word_embeddings=tie_word_embeddings, **kwargs)
