/** Where log lines go. */
package dev.vtpmd.daemon.logging;
