package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.object.TpmtPublic;

import java.util.function.Supplier;

/** A key with a template of the TCG's, which also says where the key and its certificate are. */
public interface StandardKey {
    /** All that is to say of it. */
    Definition definition();

    /** What operators call it. */
    default String word() {
        return definition().word;
    }

    /** The handle under which it is persistent. */
    default int handle() {
        return definition().handle;
    }

    /** The NV index of its certificate. */
    default int certificateIndex() {
        return definition().certificateIndex;
    }

    /** The template that it is made from. */
    default TpmtPublic template() {
        return definition().template.get();
    }

    /**
     * What is to say of a key.
     *
     * @param word what operators call it
     * @param handle under which it is persistent
     * @param certificateIndex the NV index of its certificate
     * @param template gives the template that it is made from
     */
    record Definition(String word, int handle, int certificateIndex, Supplier<TpmtPublic> template) {}
}
