package dev.vtpmd.daemon.admin.server;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/openapi.yaml} says what the code does: the same operations, with the same documents. */
final class OpenApiTest {
    private static final String SCHEMA = "#/components/schemas/";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Map<String, Object> description = read();

    private static Map<String, Object> read() {
        try {
            return new Yaml().load(Files.readString(Path.of("..", "docs", "openapi.yaml")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Route<?>> routes() {
        return Resources.of(null, null, null).stream()
                .<Route<?>>flatMap(resource -> resource.routes().stream())
                .toList();
    }

    @Test
    void itHasTheOperationsOfTheCode() {
        Map<String, String> described = new TreeMap<>();
        at(description, "paths")
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        described.put(method + " " + path, documents(map(operation)));
                    }
                }));
        Map<String, String> coded = new TreeMap<>();
        routes().forEach(route -> coded.put(
                route.method().toLowerCase(Locale.ROOT) + " " + route.path(),
                name(route.request()) + " -> " + name(route.answer())));

        assertThat(described).isEqualTo(coded);
    }

    private static String name(Class<?> document) {
        return document == Void.class ? "nothing" : document == Content.class ? "text" : document.getSimpleName();
    }

    private static String documents(Map<String, Object> operation) {
        String request = Optional.ofNullable(operation.get("requestBody"))
                .map(OpenApiTest::content)
                .orElse("nothing");
        String answer = at(operation, "responses").entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> content(response.getValue()))
                .findFirst()
                .orElse("no answer");
        return request + " -> " + answer;
    }

    private static String content(Object body) {
        if (!map(body).containsKey("content")) {
            return "nothing";
        }
        Map<String, Object> types = at(map(body), "content");
        return types.containsKey("application/json") ? reference(at(at(types, "application/json"), "schema")) : "text";
    }

    private static String reference(Map<String, Object> schema) {
        return String.valueOf(schema.get("$ref")).replace(SCHEMA, "");
    }

    @Test
    void itsDocumentsHaveThePropertiesOfTheCode() {
        Map<String, Map<String, String>> coded = new TreeMap<>();
        routes().forEach(route -> {
            add(route.request(), coded);
            add(route.answer(), coded);
        });
        add(dev.vtpmd.daemon.admin.ErrorDocument.class, coded);
        Map<String, Map<String, String>> described = new TreeMap<>();
        at(at(description, "components"), "schemas").forEach((name, schema) -> {
            Map<String, String> properties = new TreeMap<>();
            at(map(schema), "properties").forEach((property, type) -> properties.put(property, type(map(type))));
            described.put(name, properties);
        });

        assertThat(described).isEqualTo(coded);
    }

    private static void add(Class<?> document, Map<String, Map<String, String>> all) {
        if (!document.isRecord() || document == Content.class || all.containsKey(document.getSimpleName())) {
            return;
        }
        Map<String, String> properties = new TreeMap<>();
        all.put(document.getSimpleName(), properties);
        for (RecordComponent component : document.getRecordComponents()) {
            properties.put(component.getName(), type(component.getGenericType()));
            nested(component.getGenericType()).forEach(other -> add(other, all));
        }
    }

    private static Set<Class<?>> nested(Type type) {
        if (type instanceof Class<?> single) {
            return Set.of(single);
        }
        Set<Class<?>> all = new java.util.HashSet<>();
        Arrays.stream(((ParameterizedType) type).getActualTypeArguments()).forEach(one -> all.addAll(nested(one)));
        return all;
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? "list of " + type(arguments[0])
                    : "map of " + type(arguments[1]);
        }
        if (type == String.class) {
            return "string";
        }
        if (type == byte[].class) {
            return "bytes";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (Set.of(int.class, Integer.class, long.class, Long.class).contains(type)) {
            return "integer";
        }
        return ((Class<?>) type).getSimpleName();
    }

    private static String type(Map<String, Object> schema) {
        if (schema.containsKey("$ref")) {
            return reference(schema);
        }
        if (schema.containsKey("allOf")) {
            return reference(map(((List<?>) schema.get("allOf")).getFirst()));
        }
        return switch ((String) schema.get("type")) {
            case "array" -> "list of " + type(at(schema, "items"));
            case "object" -> "map of " + type(at(schema, "additionalProperties"));
            case "string" -> "byte".equals(schema.get("format")) ? "bytes" : "string";
            default -> (String) schema.get("type");
        };
    }

    /** Whoever may only look cannot change anything: an operation that changes nothing is one with GET, and no other. */
    @Test
    void onlyWhatChangesNothingIsForObservers() {
        Set<String> forObservers = new TreeSet<>();
        routes().stream()
                .filter(route -> route.role() == Role.OBSERVER)
                .forEach(route -> forObservers.add(route.method()));

        assertThat(forObservers).containsExactly("GET");
    }

    private static Map<String, Object> at(Map<String, Object> map, String key) {
        return map(map.get(key));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
