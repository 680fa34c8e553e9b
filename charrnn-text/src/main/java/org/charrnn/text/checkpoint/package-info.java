/**
 * ModelFactory in files.
 *
 * <p>Before this room stands the trainer, which hands over what its session holds; after it stand
 * the trainer that goes on, the model that generates, and other programs: a {@linkplain
 * org.charrnn.text.checkpoint.Checkpoint checkpoint} is one file in the public safetensors layout,
 * so any tool that knows it can read the weights.
 *
 * <pre>
 * 8 bytes        n, the length of the header, little-endian
 * n bytes        the header, JSON in UTF-8, padded with spaces to a multiple of 8:
 *                  "__metadata__": { "format": "charrnn", "formatVersion": "2", "configuration": "{...}",
 *                                    "vocabulary": "{...}", "parameters": "[...]", "training": "{...}", "crc32c": "..." }
 *                  "gru.0.W": { "dtype": "F32", "shape": [V, H], "data_offsets": [begin, end] }, ...
 * the rest       the tensors, row-major little-endian floats, without gaps, in the order of the header
 * </pre>
 *
 * <p>All values of the metadata are strings, as the layout wants it; those in braces hold JSON.
 * Parameters come first, in the order of {@link org.charrnn.api.network.Network#parameters()}, then
 * optimizer states and carried states. The checksum covers metadata, names, shapes and data. A file
 * holds no time and no path: equal training gives equal bytes.
 *
 * <p>A file is written beside its place and moved there when all of it is on the disk, so that
 * whatever happens the place holds the old one or the new one.
 */
@NullMarked
package org.charrnn.text.checkpoint;

import org.jspecify.annotations.NullMarked;
