/** Who is at the other end of a unix socket, and the host's users and groups. */
package dev.vtpmd.daemon.peer;
