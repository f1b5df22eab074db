/** What a daemon does towards the system that started it: its name, pid file, readiness and end. */
package dev.vtpmd.daemon.process;
