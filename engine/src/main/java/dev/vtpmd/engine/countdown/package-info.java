/** Authenticated countdown timers (Part 1, 40; Part 3, 33). */
package dev.vtpmd.engine.countdown;
