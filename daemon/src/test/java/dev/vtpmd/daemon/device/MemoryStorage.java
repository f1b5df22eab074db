package dev.vtpmd.daemon.device;

import java.util.Optional;

/** A storage that keeps states in memory. */
public final class MemoryStorage implements DeviceStorage {
    private byte[] permanent;
    private byte[] volatileState;
    private volatile boolean lockedByAnother;
    private volatile boolean locked;

    @Override
    public synchronized Optional<byte[]> loadPermanent() {
        return Optional.ofNullable(permanent).map(byte[]::clone);
    }

    @Override
    public synchronized void commitPermanent(byte[] state) {
        permanent = state.clone();
    }

    @Override
    public synchronized Optional<byte[]> loadVolatile() {
        return Optional.ofNullable(volatileState).map(byte[]::clone);
    }

    @Override
    public synchronized void storeVolatile(byte[] state) {
        volatileState = state.clone();
    }

    @Override
    public synchronized void deleteVolatile() {
        volatileState = null;
    }

    @Override
    public boolean lock() {
        locked = !lockedByAnother;
        return locked;
    }

    @Override
    public void unlock() {
        locked = false;
    }

    /** Whether the device has the lock. */
    public boolean locked() {
        return locked;
    }

    /** Lets another process have the lock, or give it up. */
    public void lockedByAnother(boolean taken) {
        lockedByAnother = taken;
    }
}
