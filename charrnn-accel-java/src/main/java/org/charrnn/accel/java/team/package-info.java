/**
 * Threads that split work, and the costs by which it is decided whether they do.
 *
 * <p>Input: {@link org.charrnn.accel.java.team.Work} in parts that do not depend on one another.
 * Output: the work, done by the threads of a {@link org.charrnn.accel.java.team.WorkerTeam}, the
 * calling thread among them. No result depends on the number of threads.
 */
@NullMarked
package org.charrnn.accel.java.team;

import org.jspecify.annotations.NullMarked;
