/**
 * The service's side of the administration interface: {@link dev.vtpmd.daemon.admin.server.AdminServer} takes requests,
 * {@link dev.vtpmd.daemon.admin.server.AdminRequests} finds the {@link dev.vtpmd.daemon.admin.server.Route} of each, and a
 * {@link dev.vtpmd.daemon.admin.server.Resource} answers it. A new operation is a route of a resource.
 */
package dev.vtpmd.daemon.admin.server;
