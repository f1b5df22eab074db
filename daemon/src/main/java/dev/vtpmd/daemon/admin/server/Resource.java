package dev.vtpmd.daemon.admin.server;

import java.util.List;

/** Operations of the administration interface that belong together. */
interface Resource {
    /** The operations. */
    List<Route<?>> routes();
}
