package org.charrnn.architecture.cyclic.first;

import org.charrnn.architecture.cyclic.second.Second;

/** Half of a package cycle, which the rule must find. */
public record First(Second second) {}
