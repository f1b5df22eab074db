package dev.vtpmd.protocol;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What goes over a wire is only described here: no I/O, no threads, no library. */
@AnalyzeClasses(packages = "dev.vtpmd.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
final class ProtocolPurityTest {
    @ArchTest
    static final ArchRule DEPENDS_ON_NOTHING_BUT_JAVA =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.vtpmd.protocol..");

    @ArchTest
    static final ArchRule DOES_NO_IO_AND_STARTS_NO_THREADS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);
}
