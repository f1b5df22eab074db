/** The command line: {@link dev.vtpmd.daemon.cli.Vtpmd} is the program, one class per command. */
package dev.vtpmd.daemon.cli;
