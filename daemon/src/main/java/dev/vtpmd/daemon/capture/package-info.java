/** The conversation of one TPM with its clients in a pcap file, which Wireshark reads. It has authorization values and other secrets in it. */
package dev.vtpmd.daemon.capture;
