package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * Arguments for another program, one by one.
 *
 * @param firmware the file that they name as the machine's firmware; null if they name none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArgumentsDocument(List<String> arguments, String firmware) {
    /** Copies the list. */
    public ArgumentsDocument {
        arguments = List.copyOf(arguments);
    }
}
