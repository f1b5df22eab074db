package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.store.swtpm.SwtpmDirectory.StoredState;

import java.util.List;
import java.util.stream.Collectors;

/** What {@code --print-states} tells of the state files that are there. */
final class StateListing {
    private StateListing() {}

    /** One line of JSON, without its end. */
    static String json(List<StoredState> states) {
        String list = states.stream()
                .map(state -> "{\"name\": \"" + state.name() + "\", \"size\": " + state.size() + "}")
                .collect(Collectors.joining(", ", " ", " "));
        return "{ \"type\": \"swtpm\", \"states\": [" + (states.isEmpty() ? "" : list) + "] }";
    }
}
