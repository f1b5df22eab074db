import java.io.IOException;

/**
 * Something that users of a TPM wait for.
 *
 * @param name how it is called in the output
 * @param setup makes ready for it
 */
record Row(String name, Setup setup) {
    /** Makes the keys and sessions that an operation needs; {@link Endpoint#tidyUp} flushes them. */
    @FunctionalInterface
    interface Setup {
        Operation on(Endpoint tpm) throws IOException;
    }

    /** One run of the commands to measure, each sent with {@link Endpoint#timed}; {@code turn} counts the runs. */
    @FunctionalInterface
    interface Operation {
        void run(int turn) throws IOException;
    }

    /** The operation, ready to run on {@code tpm}; null if the TPM has refused one run for what it does not have. */
    Operation prepared(Endpoint tpm) throws IOException {
        try {
            Operation operation = setup.on(tpm);
            operation.run(0);
            tpm.takeElapsed();
            return operation;
        } catch (Endpoint.Refused refused) {
            tpm.takeElapsed();
            return null;
        }
    }
}
