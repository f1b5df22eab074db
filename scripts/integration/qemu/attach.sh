# Starts its own: QEMU opens the TPM's control socket, hands over the data channel, and the firmware measures into it.

setup() { cp "$(firmware VARS)" variables; }
tidy() { kill "$(cat qemu.pid)" "$(cat swtpm.pid)"; }

firmware() { echo "/usr/share/OVMF/OVMF_$1_4M.fd"; }

# boot DEVICE QEMU-ARGUMENT...: OVMF without any disk, until it has measured the boot; then quits QEMU through its monitor.
boot() {
  local device=$1 accel=tcg
  shift
  cp "$(firmware VARS)" variables
  timeout 120 qemu-system-x86_64 -machine q35 -accel $accel -m 256 -display none -nodefaults -no-user-config \
    -drive "if=pflash,format=raw,unit=0,readonly=on,file=$(firmware CODE)" -drive if=pflash,format=raw,unit=1,file=variables \
    "$@" -device "$device,tpmdev=tpm0" -qmp "unix:$PWD/monitor,server=on,wait=off" -pidfile "$PWD/qemu.pid" \
    -debugcon file:firmware.log -global isa-debugcon.iobase=0x402 >qemu.log 2>&1 &
  echo $! >qemu.job
}

# The firmware has come to the boot devices when it has measured separators into all PCRs from 0 to 7.
quit() {
  python3 - <<'PYTHON'
import json, socket
with socket.socket(socket.AF_UNIX) as monitor:
    monitor.settimeout(30)
    monitor.connect("monitor")
    lines = monitor.makefile("rw")
    lines.readline()
    for command in ("qmp_capabilities", "quit"):
        lines.write(json.dumps({"execute": command}) + "\n")
        lines.flush()
        lines.readline()
PYTHON
  wait "$(cat qemu.job)"
}
