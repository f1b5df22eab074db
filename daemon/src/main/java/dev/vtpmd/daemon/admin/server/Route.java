package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.instance.InstanceException;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One operation of the administration interface.
 *
 * @param method of HTTP
 * @param path such as {@code /v1/instances/{name}}; a word in braces stands for any segment, which the handler gets by that word
 * @param act what is done, in a word or a few; empty for an operation that changes nothing, which is one with GET
 * @param request the document that it wants in the body, {@code Void} for none
 * @param answer the document that it answers with if all goes well, {@code Void} for none, {@link Content} if it is no JSON
 * @param handler does it
 */
record Route<T>(String method, String path, String act, Class<T> request, Class<?> answer, Handler<T> handler) {
    /** Does the work of a route, off the event loop; may wait. */
    @FunctionalInterface
    interface Handler<T> {
        /**
         * Answers a call.
         *
         * @throws InstanceException becomes the answer that fits its reason
         * @throws IllegalArgumentException becomes 400 with the message, one line
         */
        Answer answer(Call<T> call) throws InstanceException;
    }

    /** Tells something, and changes nothing. */
    static Route<Void> get(String path, Class<?> answer, Handler<Void> handler) {
        return new Route<>("GET", path, "", Void.class, answer, handler);
    }

    /** Makes something, or does something once. */
    static <T> Route<T> post(String act, String path, Class<T> request, Class<?> answer, Handler<T> handler) {
        return new Route<>("POST", path, act, request, answer, handler);
    }

    /** Replaces something. */
    static <T> Route<T> put(String act, String path, Class<T> request, Class<?> answer, Handler<T> handler) {
        return new Route<>("PUT", path, act, request, answer, handler);
    }

    /** Changes a part of something. */
    static <T> Route<T> patch(String act, String path, Class<T> request, Class<?> answer, Handler<T> handler) {
        return new Route<>("PATCH", path, act, request, answer, handler);
    }

    /** Removes something. */
    static Route<Void> delete(String act, String path, Handler<Void> handler) {
        return new Route<>("DELETE", path, act, Void.class, Void.class, handler);
    }

    /** The segments of a path, of which the first is empty. */
    static List<String> segments(String path) {
        return List.of(Pattern.compile("/").split(path, -1));
    }

    /** Whether {@code segments} are those of {@link #path}, words in braces standing for any. */
    boolean fits(List<String> segments) {
        List<String> own = segments(path);
        if (own.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!variable(own.get(i)) && !own.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Who may call it at least: whoever may look may see all that changes nothing. */
    Role role() {
        return act.isEmpty() ? Role.OBSERVER : Role.ADMINISTRATOR;
    }

    /** Whether a segment of {@link #path} stands for any. */
    static boolean variable(String segment) {
        return segment.startsWith("{");
    }
}
