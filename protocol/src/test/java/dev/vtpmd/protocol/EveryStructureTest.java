package dev.vtpmd.protocol;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vtpmd.protocol.algorithm.AlgorithmSamples;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.attachedcomponent.AttachedComponentSamples;
import dev.vtpmd.protocol.attribute.TpmaMemory;
import dev.vtpmd.protocol.attribute.TpmaModes;
import dev.vtpmd.protocol.attribute.TpmaPermanent;
import dev.vtpmd.protocol.attribute.TpmaStartupClear;
import dev.vtpmd.protocol.context.ContextSamples;
import dev.vtpmd.protocol.creation.CreationSamples;
import dev.vtpmd.protocol.nv.NvSamples;
import dev.vtpmd.protocol.object.ObjectSamples;
import dev.vtpmd.protocol.structure.StructureSamples;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every structure and constant that can be read from a wire and written to it, also those that occur inside of others only:
 * round trip, truncations and one-byte changes. A structure that is added without samples makes this fail.
 */
final class EveryStructureTest {
    /** So many that each alternative of a union is among them. */
    private static final int SAMPLES = 300;
    /** Of a structure that occurs in many others not every sample is checked. */
    private static final int CHECKS = 2;
    /** The reader that accepts most, if there are more. */
    private static final List<String> READERS = List.of("readOrNull", "readAllowingNullName", "read");

    private static final List<DomainContextBase> SOURCES = List.of(
            new AlgorithmSamples(),
            new StructureSamples(),
            new ObjectSamples(),
            new NvSamples(),
            new CreationSamples(),
            new ContextSamples(),
            new AttachedComponentSamples(),
            new PropertySamples());

    private final Map<Class<?>, Integer> checks = new HashMap<>();

    /** Attribute words that only occur as the value of a TPM_PT. */
    public static final class PropertySamples extends DomainContextBase {
        @Provide
        public Arbitrary<Object> words() {
            return Arbitraries.integers()
                    .flatMap(word -> Arbitraries.of(
                            new TpmaPermanent(word),
                            new TpmaStartupClear(word),
                            new TpmaMemory(word),
                            new TpmaModes(word)));
        }
    }

    @Example
    void isReadAsItWasWritten() throws ReflectiveOperationException {
        Set<Class<?>> structures = structures();
        for (DomainContextBase source : SOURCES) {
            for (Method samples : source.getClass().getMethods()) {
                if (samples.isAnnotationPresent(Provide.class)) {
                    Arbitrary<?> arbitrary = (Arbitrary<?>) samples.invoke(source);
                    for (Object sample : arbitrary.sampleStream().limit(SAMPLES).toList()) {
                        checkParts(sample, structures);
                    }
                }
            }
        }
        for (Class<?> structure : structures) {
            if (structure.isEnum()) {
                for (Object constant : structure.getEnumConstants()) {
                    checkParts(constant, structures);
                }
            }
        }
        assertThat(structures).hasSizeGreaterThan(75);
        Set<Class<?>> withoutSamples = new HashSet<>(structures);
        withoutSamples.removeAll(checks.keySet());
        assertThat(withoutSamples).isEmpty();
    }

    /** Checks {@code value} if it is a structure, and all it consists of. */
    private void checkParts(Object value, Set<Class<?>> structures) throws ReflectiveOperationException {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        if (structures.contains(type)) {
            int count = checks.merge(type, 1, Integer::sum);
            if (count <= CHECKS || type.isEnum()) {
                check(value, type);
            }
        }
        if (value instanceof Iterable<?> list) {
            for (Object element : list) {
                checkParts(element, structures);
            }
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                checkParts(component.getAccessor().invoke(value), structures);
            }
        }
    }

    private static void check(Object value, Class<?> type) throws ReflectiveOperationException {
        Method read = reader(type).orElseThrow();
        Method write = type.getMethod("write", TpmWriter.class);
        RoundTrip.check(
                value,
                in -> read.getParameterCount() == 1
                        ? call(read, null, in)
                        : call(read, null, in, AlgorithmType.TPMI_ALG_ASYM_SCHEME),
                (structure, out) -> call(write, structure, out));
    }

    /** All of the module's classes that have a reader that gives one of them, and are written. */
    private static Set<Class<?>> structures() {
        Set<Class<?>> structures = new HashSet<>();
        ClassFileImporter importer =
                new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
        for (JavaClass candidate : importer.importPackages("dev.vtpmd.protocol")) {
            boolean written = candidate.tryGetMethod("write", TpmWriter.class).isPresent();
            if (written && reader(candidate.reflect()).isPresent()) {
                structures.add(candidate.reflect());
            }
        }
        return structures;
    }

    private static Optional<Method> reader(Class<?> type) {
        return READERS.stream().flatMap(name -> readers(type, name)).findFirst();
    }

    private static Stream<Method> readers(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {TpmReader.class})
                        || Arrays.equals(
                                method.getParameterTypes(), new Class<?>[] {TpmReader.class, AlgorithmType.class}));
    }

    private static Object call(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
