# Starts its own: QEMU opens the TPM's control socket and hands over the data channel; the firmware measures into it.

firmware() { echo "/usr/share/OVMF/OVMF_$1_4M.fd"; }
finish() { kill "$(cat "$1")"; }
tidy() {
  finish qemu.pid
  finish swtpm.pid
}

tpm() {
  mkdir -p state
  rm -f swtpm.pid
  "$SWTPM" socket --tpm2 --tpmstate "dir=$PWD/state" --ctrl "type=unixio,path=$PWD/tpm" --pid "file=$PWD/swtpm.pid" \
    --log "file=$PWD/swtpm.log" "$@" &
  wait_for 10 test -s swtpm.pid
}

# boot DEVICE [QEMU-ARGUMENT...]: OVMF without an operating system, its TPM traffic recorded.
boot() {
  local device=$1 accel=tcg
  shift
  rm -f record qemu.pid
  python3 "$here/qemu/tpm_recorder.py" recorder tpm record &
  wait_for 10 test -S recorder
  [ -f variables ] || qemu-img convert -f raw -O qcow2 "$(firmware VARS)" variables
  timeout 150 qemu-system-x86_64 -machine q35 -accel $accel -m 256 -display none -nodefaults -no-user-config \
    -drive "if=pflash,format=raw,unit=0,readonly=on,file=$(firmware CODE)" -drive if=pflash,format=qcow2,unit=1,file=variables \
    -chardev socket,id=tpm,path=recorder -tpmdev emulator,id=tpm0,chardev=tpm -device "$device,tpmdev=tpm0" \
    -qmp "unix:monitor,server=on,wait=off" -pidfile qemu.pid "$@" &
  wait_for 20 test -s qemu.pid
}

# monitor HUMAN-COMMAND
monitor() {
  python3 - "$1" <<'PYTHON'
import json, socket, sys
with socket.socket(socket.AF_UNIX) as monitor:
    monitor.settimeout(60)
    monitor.connect("monitor")
    lines = monitor.makefile("rw")
    def run(command, **arguments):
        lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        lines.flush()
        while "return" not in (answer := json.loads(lines.readline())):
            if "error" in answer:
                sys.exit(str(answer))
        return answer["return"]
    lines.readline()
    run("qmp_capabilities")
    answer = run("human-monitor-command", **{"command-line": sys.argv[1]})
    if answer:
        sys.exit(answer)
PYTHON
}

# The PCRs that the guest has extended or measured events into so far: handle of PCR_Extend (182) and PCR_Event (13c).
measured() { grep -E '^8002.{8}000001(82|3c)' record | cut -c21-28 | sort -u | tr -d '\n'; }
# At the boot devices the firmware has measured separators into PCRs 0 to 7.
all_measured() { [[ $(measured) == *0000000000000001000000020000000300000004000000050000000600000007* ]]; }

quit() {
  local qemu
  qemu=$(cat qemu.pid)
  monitor quit || true
  wait_for 20 gone "$qemu"
}

every_command_succeeded() {
  # Response codes other than success: asking for what may not be there is part of a boot.
  grep -v '^control' record | awk '{ print substr($1, 13, 8), substr($2, 13, 8) }' | sort | uniq -c >codes
  cat codes
  expect_equal "failed extends" "" "$(grep -E ' 000001(82|3c) ' codes | grep -v ' 00000000$' || true)"
  # 0x800 says that a TPM 2 has no third state blob.
  expect_equal "failed control commands" "" \
    "$(grep '^control' record | grep -v -e ' 00000000$' -e '^control 0000000c 00000800$' || true)"
}

case_firmware_measures_its_boot_over_tpm_crb() {
  tpm --flags startup-none
  boot tpm-crb
  wait_for 90 all_measured || fail "measured only into $(measured)"
  every_command_succeeded
  local tpm
  tpm=$(cat swtpm.pid)
  quit
  # QEMU's last word is CMD_SHUTDOWN.
  wait_for 10 gone "$tpm"
}

case_firmware_measures_its_boot_over_tpm_tis_twice_from_one_state() {
  local turn
  for turn in 1 2; do
    tpm
    boot tpm-tis
    wait_for 90 all_measured || fail "turn $turn: measured only into $(measured)"
    every_command_succeeded
    quit
    wait_for 10 test ! -e swtpm.pid
  done
}

case_a_snapshot_of_the_machine_holds_its_tpm() {
  tpm
  boot tpm-crb
  wait_for 90 all_measured
  monitor "savevm one"
  monitor "system_reset"
  monitor "loadvm one"
  every_command_succeeded
  # GET_STATEBLOB for the snapshot, SET_STATEBLOB and INIT when it is loaded.
  for code in 0000000c 0000000d 00000002; do
    expect_match "control commands" "^control $code 00000000" "$(grep '^control' record)"
  done
  quit
}
