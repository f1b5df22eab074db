package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.port.Endpoint;
import dev.vtpmd.daemon.port.PortConfiguration;
import dev.vtpmd.daemon.swtpm.CommandLineWords.Given;
import dev.vtpmd.daemon.swtpm.CommandLineWords.Option;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code swtpm socket} is told to do.
 *
 * @param action what to do
 * @param tpm2 whether a TPM 2.0 is meant; swtpm without this option means a TPM 1.2
 * @param control the control channel
 * @param server the data channel, beside one that a control client hands over
 * @param terminate whether the process ends with a data connection
 * @param daemon whether it goes to the background
 * @param profile of a TPM that has to be made; a TPM that is there must have it
 * @param refuseLocality4 whether a control client may not choose locality 4
 */
record SwtpmOptions(
        Action action,
        boolean tpm2,
        Optional<ChannelOption> control,
        Optional<ChannelOption> server,
        boolean terminate,
        boolean daemon,
        Optional<StateOption> state,
        Optional<KeyOption> key,
        Optional<KeyOption> migrationKey,
        LogOption log,
        Optional<PidOption> pid,
        FlagsOption flags,
        Optional<AlgorithmProfile> profile,
        boolean refuseLocality4) {

    private static final CommandLineWords WORDS = new CommandLineWords(List.of(
            new Option("tpm2", '\0', false),
            new Option("port", 'p', true),
            new Option("fd", 'f', true),
            new Option("terminate", 't', false),
            new Option("daemon", 'd', false),
            new Option("server", '\0', true),
            new Option("ctrl", '\0', true),
            new Option("tpmstate", '\0', true),
            new Option("log", '\0', true),
            new Option("key", '\0', true),
            new Option("migration-key", '\0', true),
            new Option("pid", '\0', true),
            new Option("locality", '\0', true),
            new Option("flags", '\0', true),
            new Option("migration", '\0', true),
            new Option("profile", '\0', true),
            new Option("seccomp", '\0', true),
            new Option("runas", 'r', true),
            new Option("print-capabilities", '\0', false),
            new Option("print-states", '\0', false),
            new Option("print-profiles", '\0', false),
            new Option("print-info", '\0', true),
            new Option("version", 'v', false),
            new Option("help", 'h', false)));

    /** What to do. */
    sealed interface Action {
        /** Be a TPM. */
        record Run() implements Action {}

        /** Print what the options are. */
        record Help() implements Action {}

        /** Print the version. */
        record Version() implements Action {}

        /** Print what this program can do, for programs that start it. */
        record PrintCapabilities() implements Action {}

        /** Print which state files there are. */
        record PrintStates() implements Action {}

        /** Print which profiles there are. */
        record PrintProfiles() implements Action {}

        /** Print what GET_INFO gives for these flags. */
        record PrintInfo(long flags) implements Action {}
    }

    /** The ports that are asked for. */
    PortConfiguration ports() {
        return new PortConfiguration(
                endpoints(control),
                endpoints(server),
                Optional.empty(),
                server.map(ChannelOption::disconnect).orElse(false));
    }

    private static List<Endpoint> endpoints(Optional<ChannelOption> channel) {
        return channel.map(ChannelOption::endpoint).stream().toList();
    }

    /** Reads the words behind {@code swtpm socket}. */
    static SwtpmOptions parse(List<String> words, Map<String, String> environment) throws UsageException {
        Builder builder = new Builder(environment);
        for (Given given : WORDS.parse(words)) {
            builder.add(given);
        }
        return builder.build();
    }

    /** Collects options; of one that is given twice, the last counts. */
    private static final class Builder {
        private final Map<String, String> environment;
        private Action action = new Action.Run();
        private boolean tpm2;
        private Optional<ChannelOption> control = Optional.empty();
        private Optional<ChannelOption> server = Optional.empty();
        private boolean terminate;
        private boolean daemon;
        private Optional<StateOption> state;
        private Optional<KeyOption> key = Optional.empty();
        private Optional<KeyOption> migrationKey = Optional.empty();
        private LogOption log = LogOption.DEFAULT;
        private Optional<PidOption> pid = Optional.empty();
        private FlagsOption flags = FlagsOption.DEFAULT;
        private Optional<AlgorithmProfile> profile = Optional.empty();
        private boolean refuseLocality4;

        Builder(Map<String, String> environment) {
            this.environment = environment;
            this.state = Optional.ofNullable(environment.get("TPM_PATH")).map(StateOption::at);
        }

        void add(Given given) throws UsageException {
            String value = given.value();
            switch (given.name()) {
                case "tpm2" -> tpm2 = true;
                case "port" -> server = Optional.of(ChannelOption.port(value));
                case "fd" -> server = Optional.of(ChannelOption.descriptor(value));
                case "server" -> server = Optional.of(ChannelOption.server(value, environment));
                case "ctrl" -> control = Optional.of(ChannelOption.control(value));
                case "terminate" -> terminate = true;
                case "daemon" -> daemon = true;
                case "tpmstate" -> state = Optional.of(StateOption.parse(value));
                case "log" -> log = LogOption.parse(value);
                case "key" -> key = Optional.of(KeyOption.parse("key", value));
                case "migration-key" -> migrationKey = Optional.of(KeyOption.parse("migration-key", value));
                case "pid" -> pid = Optional.of(PidOption.parse(value));
                case "flags" -> flags = FlagsOption.parse(value);
                case "locality" ->
                    refuseLocality4 = new ValueList(
                                    "locality", value, Set.of("reject-locality-4", "allow-set-locality"))
                            .flag("reject-locality-4", false);
                // Both ways the storage is locked no earlier than its TPM starts, and unlocked when its state leaves.
                case "migration" -> new ValueList("migration", value, Set.of("incoming", "release-lock-outgoing"));
                // No system call filter is installed: there is no native code to be confined.
                case "seccomp" ->
                    new ValueList("seccomp", value, Set.of("action")).choice("action", Set.of("none", "kill", "log"));
                case "profile" -> profile = Optional.of(ProfileOption.parse(value));
                case "runas" -> requireOwnUser(value);
                default -> act(given);
            }
        }

        private void act(Given given) throws UsageException {
            action = switch (given.name()) {
                case "print-capabilities" -> new Action.PrintCapabilities();
                case "print-states" -> new Action.PrintStates();
                case "print-profiles" -> new Action.PrintProfiles();
                case "print-info" -> new Action.PrintInfo(infoFlags(given.value()));
                case "version" -> new Action.Version();
                case "help" -> new Action.Help();
                default -> throw new UsageException("unknown option '--" + given.name() + "'");
            };
        }

        private static long infoFlags(String text) throws UsageException {
            try {
                return Long.decode(text);
            } catch (NumberFormatException e) {
                throw new UsageException("--print-info: '" + text + "' is not a number");
            }
        }

        private static void requireOwnUser(String user) throws UsageException {
            if (!user.equals(System.getProperty("user.name"))) {
                throw new UsageException("--runas: cannot change to user '" + user
                        + "'; start the program as this user, for example with setpriv or runuser");
            }
        }

        SwtpmOptions build() {
            return new SwtpmOptions(
                    action,
                    tpm2,
                    control,
                    server,
                    terminate || server.map(ChannelOption::terminate).orElse(false),
                    daemon,
                    state,
                    key,
                    migrationKey,
                    log,
                    pid,
                    flags,
                    profile,
                    refuseLocality4);
        }
    }
}
