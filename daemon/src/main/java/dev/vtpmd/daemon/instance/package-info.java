/**
 * Instances: each one VM's vTPM together with its configuration, state and ports. {@link dev.vtpmd.daemon.instance.Instances}
 * is all of a host's.
 */
package dev.vtpmd.daemon.instance;
