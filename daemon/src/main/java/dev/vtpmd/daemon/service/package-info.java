/** The service: {@code vtpmd serve}. */
package dev.vtpmd.daemon.service;
