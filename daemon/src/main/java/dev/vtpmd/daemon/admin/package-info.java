/**
 * Administration of the running service: HTTP/1.1 with JSON over a unix socket. Here are the documents, and
 * {@link dev.vtpmd.daemon.admin.AdminClient}, the command line's end; {@link dev.vtpmd.daemon.admin.server} is the service's.
 */
package dev.vtpmd.daemon.admin;
