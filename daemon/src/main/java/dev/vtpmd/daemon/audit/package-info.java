/** Who has done what: the audit log. */
package dev.vtpmd.daemon.audit;
