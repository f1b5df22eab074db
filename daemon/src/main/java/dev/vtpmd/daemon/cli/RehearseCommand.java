package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.rehearsal.Rehearsal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code vtpmd rehearse}, with which the build makes the start-up cache. */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Starts and stops everything once, to make the start-up cache.")
final class RehearseCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        new Rehearsal(RehearseCommand::execute).run();
        return 0;
    }

    private static void execute(List<String> words) {
        CommandLine command = Vtpmd.commandLine().setOut(new PrintWriter(Writer.nullWriter()));
        int status = command.execute(words.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", words) + " failed with status " + status);
        }
    }
}
