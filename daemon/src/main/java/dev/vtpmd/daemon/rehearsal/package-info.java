/**
 * Goes through what a start of each program and its first clients need, so that Java can record what was loaded and linked
 * (JEP 483, 514) and the build can put that beside the jars as the cache from which the programs start.
 */
package dev.vtpmd.daemon.rehearsal;
