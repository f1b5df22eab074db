/** The constants of Part 2, clause 6: response codes, command codes, algorithms, handles, capabilities. */
package dev.vtpmd.protocol.constant;
