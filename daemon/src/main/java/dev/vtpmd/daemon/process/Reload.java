package dev.vtpmd.daemon.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a daemon reads or opens again, without an end of its service, when it is told to. */
public final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final ServiceManager manager;
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private boolean serving;

    /** Something that can be read or opened again. If it fails, things stay as they were. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @throws IOException if that is not possible; the message is one line for the operator
         */
        void run() throws IOException;
    }

    private record Part(String name, Action action) {}

    /** A reload that only {@link #run} asks for, and {@code manager} is told of. */
    public Reload(ServiceManager manager) {
        this.manager = manager;
    }

    /** A reload that SIGHUP asks for too, at which Java would end the process otherwise. */
    @SuppressWarnings("sunapi") // Java has nothing else, and promises to keep it until there is
    public static Reload bySignal(ServiceManager manager) {
        Reload reload = new Reload(manager);
        Signal.handle(new Signal("HUP"), signal -> reload.run());
        return reload;
    }

    /** Does {@code action} on every reload from now on; {@code name} stands for it in the log. */
    public void add(String name, Action action) {
        parts.add(new Part(name, action));
    }

    /** The daemon serves from now on; what it was asked to read again before, it has just read. */
    public synchronized void begin() {
        serving = true;
    }

    /** The daemon ends. */
    public synchronized void end() {
        serving = false;
    }

    /** Reloads now, if the daemon serves. What fails is logged, and the rest is done all the same. */
    public synchronized void run() {
        if (!serving) {
            return;
        }
        manager.reloading();
        for (Part part : parts) {
            try {
                part.action().run();
            } catch (IOException e) {
                LOG.error("{} stays as it was: {}", part.name(), Failures.line(e));
            }
        }
        LOG.info("reloaded");
        manager.ready();
    }
}
