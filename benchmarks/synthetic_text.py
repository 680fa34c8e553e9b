"""The text of SyntheticText.java, for the peers that are measured on it."""
import bisect


def synthetic_text(vocabulary, length=500_000):
    """A list of ids."""
    state, cumulative, total = 0x9E3779B97F4A7C15, [], 0.0
    for i in range(vocabulary):
        total += 1.0 / (i + 2.7)
        cumulative.append(total)

    def number():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 11) / 2.0**53

    ids, previous = [], 0
    for _ in range(length):
        u, v = number(), number()
        if v < 0.5:
            previous = (previous * 7919 + int(u * u * 20)) % vocabulary
        else:
            previous = min(bisect.bisect_left(cumulative, u * total), vocabulary - 1)
        ids.append(previous)
    return ids
