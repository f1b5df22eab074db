package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.wire.TpmWriter;

/** Several observers of one device, told in their order. */
public final class DeviceObservers implements DeviceObserver {
    private final DeviceObserver[] all;

    /** Tells {@code all} what it is told. */
    public DeviceObservers(DeviceObserver... all) {
        this.all = all.clone();
    }

    @Override
    public void executed(int locality, byte[] command, int length, TpmWriter response, long nanoseconds) {
        for (DeviceObserver each : all) {
            each.executed(locality, command, length, response, nanoseconds);
        }
    }

    @Override
    public void committed(int bytes, long nanoseconds, boolean stored) {
        for (DeviceObserver each : all) {
            each.committed(bytes, nanoseconds, stored);
        }
    }

    @Override
    public void switchedOn() {
        for (DeviceObserver each : all) {
            each.switchedOn();
        }
    }

    @Override
    public void switchedOff() {
        for (DeviceObserver each : all) {
            each.switchedOff();
        }
    }

    @Override
    public void problem(String line) {
        for (DeviceObserver each : all) {
            each.problem(line);
        }
    }
}
