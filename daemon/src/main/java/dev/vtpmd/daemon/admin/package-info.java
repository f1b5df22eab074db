/**
 * Administration of the running service: HTTP/1.1 with JSON over a unix socket. {@link dev.vtpmd.daemon.admin.AdminServer}
 * is the service's end, {@link dev.vtpmd.daemon.admin.AdminClient} the command line's.
 */
package dev.vtpmd.daemon.admin;
