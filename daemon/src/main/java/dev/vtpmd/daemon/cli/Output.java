package dev.vtpmd.daemon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vtpmd.daemon.admin.AuthorityDocument;
import dev.vtpmd.daemon.admin.InstanceDocument;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** How a command prints what it has learned: for people, or as JSON. */
final class Output {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    boolean json() {
        return json;
    }

    PrintWriter writer() {
        return command.commandLine().getOut();
    }

    void document(Object document) {
        try {
            writer().println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(document));
            writer().flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of this program cannot be written as JSON", e);
        }
    }

    /** Something was done that has no answer of its own: people are told nothing. */
    void done(DoneDocument document) {
        if (json) {
            document(document);
        }
    }

    /** One instance, a line for each of its properties. */
    void instance(InstanceDocument instance) {
        if (json) {
            document(instance);
            return;
        }
        property("name", instance.name());
        property("uuid", instance.uuid());
        property("profile", instance.profile());
        property("state", instance.state());
        property("problem", instance.problem());
        property("migration", instance.migration());
        property("snapshots", instance.snapshots());
        property("control socket", instance.controlSocket());
        if (instance.firmware() != null) {
            property("firmware", instance.firmware().file());
            property("firmware sha256", instance.firmware().sha256());
        }
        property("for user", instance.user());
        property("for group", instance.group());
        if (instance.tcp() != null) {
            property("swtpm data port", instance.tcp().data());
            property("swtpm control port", instance.tcp().control());
        }
        if (instance.mssim() != null) {
            property("mssim command port", instance.mssim().command());
            property("mssim platform port", instance.mssim().platform());
        }
        property("pcr banks", instance.pcrBanks() == null ? null : String.join(", ", instance.pcrBanks()));
        property("on since", instance.onSince() == null ? null : since(Instant.parse(instance.onSince())));
        if (instance.attached() != null) {
            property(
                    "attached",
                    "process " + instance.attached().pid() + " of user "
                            + instance.attached().uid());
        }
        property("commands", instance.commands());
        if (instance.lastError() != null) {
            property(
                    "last error",
                    instance.lastError().time() + ": " + instance.lastError().message());
        }
        writer().flush();
    }

    private static String since(Instant time) {
        Duration up = Duration.between(time, Instant.now());
        String days = up.toDays() == 0 ? "" : up.toDays() + " days ";
        return "%s (%s%d:%02d:%02d)"
                .formatted(time, days, up.toHoursPart(), up.toMinutesPart(), Math.max(0, up.toSecondsPart()));
    }

    /** The certification authority, likewise. */
    void authority(AuthorityDocument authority) {
        if (json) {
            document(authority);
            return;
        }
        property("subject", authority.subject());
        property("issuer", authority.issuer() + (authority.selfSigned() ? " (itself)" : ""));
        property("serial number", authority.serialNumber());
        property("not before", authority.notBefore());
        property("not after", authority.notAfter());
        property("published at", authority.location());
        writer().flush();
    }

    private void property(String title, Object value) {
        if (value != null) {
            writer().printf("%-20s %s%n", title + ":", value);
        }
    }
}
