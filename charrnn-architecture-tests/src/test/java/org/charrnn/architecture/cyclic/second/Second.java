package org.charrnn.architecture.cyclic.second;

import java.util.Optional;
import org.charrnn.architecture.cyclic.first.First;

/** The other half of a package cycle. */
public record Second(Optional<First> first) {}
