package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A capture of what a TPM and its clients say to each other. In a request, only {@code file} and {@code mostBytes} count.
 *
 * @param file absolute path of the pcap file
 * @param mostBytes the size that the file may get; null for 64 MiB
 * @param commands how many are in it
 * @param bytes how long the file is
 * @param leftOut commands that the disk was too slow for
 * @param ended whether it takes nothing more: it has been stopped, has reached its size, or the disk is full
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureDocument(String file, Long mostBytes, Long commands, Long bytes, Long leftOut, Boolean ended) {
    /** Asks for a capture. */
    public CaptureDocument(String file, Long mostBytes) {
        this(file, mostBytes, null, null, null, null);
    }
}
