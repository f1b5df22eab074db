package dev.vtpmd.daemon;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The directions in which the parts of vtpmd know each other. */
@AnalyzeClasses(packages = "dev.vtpmd", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String PROTOCOL = "dev.vtpmd.protocol..";
    private static final String ENGINE = "dev.vtpmd.engine..";
    private static final String STORE = "dev.vtpmd.store..";
    private static final String DAEMON = "dev.vtpmd.daemon..";

    @ArchTest
    static final ArchRule PROTOCOL_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, STORE, DAEMON);

    @ArchTest
    static final ArchRule ENGINE_KNOWS_THE_PROTOCOL_ONLY = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STORE, DAEMON);

    @ArchTest
    static final ArchRule STORE_DOES_NOT_KNOW_THE_DAEMON = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DAEMON);

    @ArchTest
    static final ArchRule ENGINE_HAS_NO_FILES_SOCKETS_OR_THREADS = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule PROTOCOL_DOES_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..");

    @ArchTest
    static final ArchRule ONLY_THE_DAEMON_KNOWS_THE_LIBRARIES_OF_A_PROCESS = noClasses()
            .that()
            .resideOutsideOfPackage(DAEMON)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "picocli..",
                    "ch.qos.logback..",
                    "com.fasterxml.jackson..",
                    "io.micrometer..",
                    "org.tukaani..");

    @ArchTest
    static final ArchRule A_DEVICE_KNOWS_NO_PORTS = noClasses()
            .that()
            .resideInAPackage("dev.vtpmd.daemon.device..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.vtpmd.daemon.port..", "io.netty..");

    /** No administrative verb runs TPM commands or looks into states: what it may know, {@code daemon.instance} tells. */
    @ArchTest
    static final ArchRule ADMINISTRATION_REACHES_NO_TPM = noClasses()
            .that()
            .resideInAPackage("dev.vtpmd.daemon.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.vtpmd.daemon.device.Device");

    @ArchTest
    static void packagesOfTheDaemonHaveNoCycles(JavaClasses classes) {
        slices().matching("dev.vtpmd.daemon.(*)..").should().beFreeOfCycles().check(classes);
    }

    @ArchTest
    static void packagesOfTheStoreHaveNoCycles(JavaClasses classes) {
        slices().matching("dev.vtpmd.store.(*)..").should().beFreeOfCycles().check(classes);
    }
}
