package dev.vtpmd.daemon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What {@code --json} prints after an act that has no answer of its own, in the words of the audit log.
 *
 * @param what the act
 * @param instance its name or UUID, as it was given; null if it is about none
 * @param file that was made, absolute; null for none
 * @param result {@code done}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DoneDocument(String what, String instance, String file, String result) {
    DoneDocument(String what, String instance, String file) {
        this(what, instance, file, "done");
    }
}
