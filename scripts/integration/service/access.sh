# Starts its own: who may connect to an instance, and who may administer the service. With users of other numbers.
source "$here/own_service.sh"

# Nobody on this host has these numbers.
qemu_user=61001 qemu_group=61002 administrators=61003 observers=61004 stranger=61005

# The directories of the cases are for root alone.
open_directory() {
  directory=$(mktemp -d)
  chmod 755 "$directory"
  cd "$directory" || exit
}
# as USER GROUP[,GROUP...] COMMAND...: the first group is the user's own.
as() { setpriv --reuid "$1" --regid "${2%%,*}" --groups "$2" "${@:3}"; }
# reaches USER GROUPS INSTANCE: whether that user gets an answer on the control socket.
reaches() { as "$1" "$2" swtpm_ioctl --unix "run/$3.sock" -c; }
# http USER GROUPS METHOD PATH [JSON]: prints the status.
http() {
  as "$1" "$2" curl -sS -o response -w '%{http_code}' --unix-socket run/vtpmd.admin -X "$3" ${5:+-d "$5"} "http://vtpmd$4"
}
audited() { grep -q -- "$1" state/audit.log; }

case_only_the_configured_user_connects_to_an_instance() {
  open_directory
  serve
  ctl create guest --user $qemu_user
  new other
  expect_equal "owner and permissions" "$qemu_user 600" "$(stat -c '%u %a' run/guest.sock)"
  reaches $qemu_user $qemu_user guest
  reaches 0 0 guest
  expect_failure reaches $stranger $stranger guest
  expect_failure reaches $qemu_user $qemu_user other
  # Somebody opens the file's permissions; whoever connects is looked at all the same.
  chmod 666 run/guest.sock run/other.sock
  reaches $qemu_user $qemu_user guest
  expect_failure reaches $stranger $stranger,$qemu_user guest
  expect_failure reaches $qemu_user $qemu_user other
  wait_for 10 audited '"what":"turned-away","instance":"guest".*"uid":'$stranger
  stop
}

case_a_group_may_connect_if_it_is_configured() {
  open_directory
  serve --socket-group $qemu_group
  new guest
  expect_equal "group and permissions" "$qemu_group 660" "$(stat -c '%g %a' run/guest.sock)"
  reaches $stranger $qemu_group guest
  reaches $stranger $stranger,$qemu_group guest
  expect_failure reaches $stranger $stranger guest
  ctl set guest --user $qemu_user
  expect_equal "owner and permissions" "$qemu_user 600" "$(stat -c '%u %a' run/guest.sock)"
  reaches $qemu_user $qemu_user guest
  expect_failure reaches $stranger $qemu_group guest
  chmod 666 run/guest.sock
  expect_failure reaches $stranger $qemu_group guest
  stop
  serve --socket-group $qemu_group
  expect_equal "after a restart" "$qemu_user 600" "$(stat -c '%u %a' run/guest.sock)"
  expect_match "shown" "for user: *$qemu_user" "$(ctl show guest)"
  stop
}

case_users_that_do_not_exist_and_ports_for_everybody_are_refused() {
  local port
  port=$(free_ports)
  serve
  refused() {
    expect_failure ctl "${@:2}" >output 2>errors
    expect_match "refusal" "$1" "$(cat errors)"
    expect_equal "lines" 1 "$(wc -l <errors)"
  }
  refused "there is no user 'no-such-user'" create guest --user no-such-user
  refused "there is no group 'no-such-group'" create guest --group no-such-group
  refused "has no TCP ports" create guest --user $qemu_user --mssim "$port"
  new guest "$port"
  refused "has no TCP ports" set guest --user $qemu_user
  expect_equal "instances" guest "$(ctl list --names)"
  stop
}

# attach: as QEMU does it, and stays until a line comes in.
attach() {
  python3 - "$1" <<'PYTHON'
import array, socket, struct, sys
control = socket.socket(socket.AF_UNIX)
control.settimeout(20)
control.connect(sys.argv[1])
ours, theirs = socket.socketpair()
control.sendmsg([struct.pack(">I", 0x10)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [theirs.fileno()]))])
print("SET_DATAFD", control.recv(4).hex(), flush=True)
control.sendall(struct.pack(">II", 2, 0))
print("INIT", control.recv(4).hex(), flush=True)
theirs.close()
ours.settimeout(20)
def command(text):
    ours.sendall(bytes.fromhex(text))
    return ours.recv(4096)[6:10].hex()
print("Startup", command("80010000000c000001440000"), flush=True)
print("Shutdown", command("80010000000c000001450000"), flush=True)
print("GetRandom", command("80010000000c0000017b0008"), flush=True)
open("attached", "w").close()
open("finish").read()
print("GetRandom", command("80010000000c0000017b0008"), flush=True)
PYTHON
}

case_a_second_attach_is_refused_and_does_the_first_no_harm() {
  local attached_pid
  open_directory
  serve
  new guest
  mkfifo finish
  attach run/guest.sock >first &
  attached_pid=$!
  wait_for 20 test -e attached
  expect_match "attached" "attached: *process [0-9]+ of user 0" "$(ctl show guest)"
  expect_failure attach run/guest.sock >second 2>/dev/null
  expect_match "second SET_DATAFD" 'SET_DATAFD 000000(0[1-9]|1f)' "$(cat second)"
  # What a QEMU does next, and what others might: nothing of it reaches the TPM.
  expect_failure swtpm_ioctl --unix run/guest.sock -s
  expect_failure swtpm_ioctl --unix run/guest.sock --stop
  expect_failure swtpm_ioctl --unix run/guest.sock -i
  expect_failure swtpm_ioctl --unix run/guest.sock --save permanent stolen
  expect_failure swtpm_ioctl --unix run/guest.sock -l 4
  swtpm_ioctl --unix run/guest.sock -c
  expect_match "state" "state: *on" "$(ctl show guest)"
  : >finish
  wait "$attached_pid"
  expect_equal "commands of the first" \
    "SET_DATAFD 00000000 INIT 00000000 Startup 00000000 Shutdown 00000000 GetRandom 00000000 GetRandom 00000000" \
    "$(tr '\n' ' ' <first | sed 's/ $//')"
  wait_for 10 audited '"what":"detached"'
  # Now that it is free it can be used again.
  swtpm_ioctl --unix run/guest.sock -i
  stop
}

case_the_guest_cannot_switch_its_tpm_off() {
  serve
  new guest
  mkfifo finish
  timeout 100 python3 - run/guest.sock <<'PYTHON' &
import array, socket, struct, sys
PLATFORM, OWNER, ENDORSEMENT, LOCKOUT = 0x4000000C, 0x40000001, 0x4000000B, 0x4000000A
control = socket.socket(socket.AF_UNIX)
control.connect(sys.argv[1])
guest, theirs = socket.socketpair()
guest.settimeout(20)
def tell(message, descriptors=()):
    control.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else [])
    assert control.recv(4) == bytes(4), message.hex()
def command(text):
    guest.sendall(bytes.fromhex(text))
    response = guest.recv(4096)
    return int.from_bytes(response[6:10], "big"), response
def authorized(code, handle, parameters):
    body = struct.pack(">II", handle, 9) + bytes.fromhex("40000009" + "0000" "00" "0000") + parameters
    return command((struct.pack(">HII", 0x8002, 10 + len(body), code) + body).hex())[0]
def hierarchies():  # TPM_PT_STARTUP_CLEAR: phEnable, shEnable, ehEnable, phEnableNV
    return command("8001000000160000017a000000060000020100000001")[1][-1] & 15
tell(struct.pack(">I", 0x10), [theirs.fileno()])
tell(struct.pack(">II", 2, 0))
assert command("80010000000c000001440000")[0] == 0  # Startup(CLEAR)
# All that the guest's owner has to switch with: TPM2_Clear, the hierarchies off, TPM2_Shutdown both ways.
assert authorized(0x126, LOCKOUT, b"") == 0
for hierarchy in (OWNER, ENDORSEMENT, 0x4000000D, PLATFORM):
    assert authorized(0x121, PLATFORM, struct.pack(">IB", hierarchy, 0)) == 0
assert hierarchies() == 0
for kind in ("0000", "0001"):
    assert command("80010000000c00000145" + kind)[0] == 0
# What would switch it off on the control channel (CMD_STOP, CMD_SHUTDOWN) is no command here: TPM_RC_COMMAND_SIZE, BAD_TAG.
for number in ("0000000e", "00000003"):
    assert command("80010000000e00000000" + number)[0] != 0
assert command("80010000000c0000017b0008")[0] == 0  # GetRandom
open("tried", "w").close()
open("finish").read()
# The machine is reset: it has all again.
tell(struct.pack(">II", 2, 0))
assert command("80010000000c000001440000")[0] == 0
assert hierarchies() == 15
PYTHON
  guest=$!
  wait_for 60 test -e tried
  expect_match "state" "state: *on" "$(ctl show guest)"
  : >finish
  wait "$guest"
  stop
}

case_qemu_is_told_that_another_is_attached() {
  local first
  open_directory
  serve
  new guest
  qemu() {
    qemu-system-x86_64 -machine none -display none -nodefaults -pidfile "$1" \
      -chardev socket,id=tpm,path=run/guest.sock -tpmdev emulator,id=tpm0,chardev=tpm
  }
  qemu first.pid &
  wait_for 20 test -s first.pid
  first=$(cat first.pid)
  expect_failure timeout 20 bash -c "$(declare -f qemu); qemu second.pid" 2>errors
  expect_match "refusal" "CMD_SET_DATAFD" "$(cat errors)"
  kill -0 "$first"
  expect_match "attached" "attached: *process $first" "$(ctl show guest)"
  kill "$first"
  stop
}

case_administrators_may_do_all_and_observers_may_look() {
  open_directory
  serve --admin-group $administrators --observer-group $observers
  chmod 777 .
  expect_equal "create" 201 "$(http $stranger $stranger,$administrators POST /v1/instances '{"name":"guest"}')"
  expect_equal "list" 200 "$(http $stranger $administrators GET /v1/instances)"
  expect_equal "observer's list" 200 "$(http $stranger $stranger,$observers GET /v1/instances)"
  expect_match "observer's list" '"name":"guest"' "$(cat response)"
  expect_equal "observer's show" 200 "$(http $stranger $observers GET /v1/instances/guest)"
  expect_equal "observer's qemu-args" 200 "$(http $stranger $observers GET /v1/instances/guest/qemu-args)"
  expect_equal "observer's create" 403 "$(http $stranger $observers POST /v1/instances '{"name":"other"}')"
  expect_equal "answer" "{\"error\":\"$stranger is not permitted to do this\"}" "$(cat response)"
  expect_equal "observer's destroy" 403 "$(http $stranger $observers DELETE /v1/instances/guest)"
  expect_equal "observer's set" 403 "$(http $stranger $observers PATCH /v1/instances/guest '{"migration":"allow"}')"
  expect_equal "observer's rekey" 403 "$(http $stranger $observers PUT /v1/host-key '{"key":"AAAA"}')"
  expect_equal "stranger's list" 403 "$(http $stranger $stranger GET /v1/instances)"
  expect_equal "stranger's destroy" 403 "$(http $stranger $stranger DELETE /v1/instances/guest)"
  expect_equal "instances" guest "$(ctl list --names)"
  wait_for 10 audited '"what":"create","instance":"guest","uid":'$stranger',.*"result":"done"'
  wait_for 10 audited '"what":"create","uid":'$stranger',.*"result":"refused"'
  stop
}

case_without_groups_the_administration_socket_is_for_root_alone() {
  open_directory
  serve
  expect_equal "permissions" 600 "$(stat -c %a run/vtpmd.admin)"
  expect_failure as $stranger $stranger curl -sS --unix-socket run/vtpmd.admin http://vtpmd/v1/instances
  chmod 666 run/vtpmd.admin
  chmod 777 .
  expect_equal "stranger's list" 403 "$(http $stranger $stranger GET /v1/instances)"
  stop
  serve --observer-group $observers
  expect_equal "group and permissions" "$observers 660" "$(stat -c '%g %a' run/vtpmd.admin)"
  stop
}

case_a_service_that_is_not_root_serves_its_own_user_and_says_what_it_cannot() {
  local java
  open_directory
  java=$(dirname "$VTPMD")/..
  # Another user must be able to read the program.
  as $stranger $stranger test -r "$java/lib/launcher.sh" || cp -r "$java" program
  [ ! -d program ] || VTPMD=$directory/program/bin/vtpmd
  mkdir state run
  chown $stranger:$stranger state run
  # Not by `as`: this process is the one that is ended.
  setpriv --reuid $stranger --regid $stranger --groups $stranger,$qemu_group \
    "$VTPMD" serve --state-dir state --run-dir run --socket-group $qemu_group >service.log 2>&1 &
  echo $! >service.pid
  wait_for 60 api GET /v1/instances || fail "vtpmd serve did not start: $(tail -n 3 service.log)"
  new guest
  reaches $qemu_user $qemu_group guest
  reaches $stranger $stranger guest
  expect_failure reaches $qemu_user $qemu_user guest
  expect_failure ctl create other --user $qemu_user 2>errors
  expect_match "refusal" "needs CAP_CHOWN" "$(cat errors)"
  expect_equal "instances" guest "$(ctl list --names)"
  expect_failure as $qemu_user $qemu_user "$VTPMD" list --run-dir run 2>errors
  expect_match "refusal" "permission denied" "$(cat errors)"
  stop
}
