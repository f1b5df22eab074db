package dev.vtpmd.engine;

import dev.vtpmd.engine.attachedcomponent.AttachedComponent;

import java.util.List;

/** What the platform tells the TPM outside of commands, and what it has attached to it. Cancelling may come from another thread. */
public final class Platform {
    private static final int LARGEST_BUFFER = 4096;
    /** Room for a saved context of the largest object and the header of a command. */
    private static final int SMALLEST_BUFFER = 2688;

    private final List<AttachedComponent> attachedComponents;
    private boolean physicalPresence;
    private boolean nvAvailable = true;
    private boolean selfTestToFail;
    private int bufferSize = LARGEST_BUFFER;
    private volatile boolean cancelled;

    /** A platform that has attached nothing to the TPM. */
    public Platform() {
        this(List.of());
    }

    /** A platform that has attached these components to the TPM. */
    public Platform(List<AttachedComponent> attachedComponents) {
        this.attachedComponents = List.copyOf(attachedComponents);
    }

    /** The attached component with this handle, or null. */
    public AttachedComponent attachedComponent(int handle) {
        for (AttachedComponent component : attachedComponents) {
            if (component.handle() == handle) {
                return component;
            }
        }
        return null;
    }

    /** Whether physical presence is asserted. */
    public boolean physicalPresence() {
        return physicalPresence;
    }

    /** Asserts physical presence, or ends that. */
    public void physicalPresence(boolean asserted) {
        physicalPresence = asserted;
    }

    /** Whether stable storage can be written. */
    public boolean nvAvailable() {
        return nvAvailable;
    }

    /** Says whether stable storage can be written. */
    public void nvAvailable(boolean available) {
        nvAvailable = available;
    }

    /** Makes the next self-test fail. */
    public void failNextSelfTest() {
        selfTestToFail = true;
    }

    /** Whether the self-test that begins now is to fail. The next one will not be. */
    public boolean takeSelfTestToFail() {
        boolean taken = selfTestToFail;
        selfTestToFail = false;
        return taken;
    }

    /** TPM_PT_MAX_COMMAND_SIZE and TPM_PT_MAX_RESPONSE_SIZE, in bytes. */
    public int bufferSize() {
        return bufferSize;
    }

    /** Sets the buffer size, brought into its range; 0 changes nothing. */
    public void bufferSize(int bytes) {
        if (bytes != 0) {
            bufferSize = Math.clamp(bytes, SMALLEST_BUFFER, LARGEST_BUFFER);
        }
    }

    /** The smallest buffer size, in bytes. */
    public int smallestBufferSize() {
        return SMALLEST_BUFFER;
    }

    /** The largest buffer size, in bytes. */
    public int largestBufferSize() {
        return LARGEST_BUFFER;
    }

    /** Whether the running command is to end with TPM_RC_CANCELED. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Asks for the running command to end, or takes that back. */
    public void cancelled(boolean on) {
        cancelled = on;
    }
}
