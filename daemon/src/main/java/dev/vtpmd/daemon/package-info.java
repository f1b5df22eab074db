/** The process: devices and their ports, instances, the service that hosts them, the command line. */
package dev.vtpmd.daemon;
