# Starts its own: two services, a and b, and machines that QEMU moves from one to the other. The firmware is all that runs in
# them; the TPM is looked at through its TCP ports.
source "$here/hosts.sh"

# qemu_refuses REGEX COMMAND...: the command fails, and QEMU says so.
qemu_refuses() {
  local what=$1
  shift
  expect_failure "$@" >refusal 2>&1
  expect_match "refusal" "$what" "$(cat refusal)"
}
tidy() {
  tail -n 20 ./*/log ./*.errors
  for pid in ./*/pid ./*.pid; do kill "$(cat "$pid")" || true; done
}
end() {
  local file
  for file in ./*.pid ./*/pid; do
    kill "$(cat "$file")" 2>/dev/null || true
    wait_for 60 gone "$(cat "$file")"
  done
}

# machine NAME HOST [ARGUMENT...]: a QEMU with the instance `guest` of a host.
machine() {
  local name=$1 host=$2
  shift 2
  # shellcheck disable=SC2046 # several words
  qemu-system-x86_64 -machine q35 -accel tcg -m 32 -display none -nodefaults -no-user-config $(on "$host" qemu-args guest) \
    -qmp "unix:$name.qmp,server=on,wait=off" "$@" 2>"$name.errors" &
  echo $! >"$name.pid"
  wait_for 60 answers "$name"
}
# QEMU answers once it has switched on the machine and its TPM; or it has ended.
answers() { gone "$(cat "$1.pid")" || { [ -S "$1.qmp" ] && timeout 10 python3 "$here/../migration/qmp.py" "$1.qmp" query-status; }; }
qmp() { python3 "$here/../migration/qmp.py" "$@"; }
status() { qmp "$1.qmp" query-status | sed 's/.*"status": "\([a-z-]*\)".*/\1/'; }
is() { [ "$(status "$1")" = "$2" ]; }
quit() {
  qmp "$1.qmp" quit
  wait_for 60 gone "$(cat "$1.pid")"
  rm "$1.pid"
}
migrate() { qmp "$1.qmp" migrate "{\"uri\": \"$2\"}"; }
human() { qmp "$1.qmp" human "{\"line\": \"$2\"}"; }
# The TPM of an instance, through its TCP port.
tpm_at() { export TPM2TOOLS_TCTI="swtpm:host=127.0.0.1,port=$1"; }
started() { tpm2_getrandom --hex 4; }
nv() { tpm2_nvread 0x1500001 -C o | hex; }
nv_set() { printf '%s' "$1" | unhex >value && tpm2_nvwrite -Q 0x1500001 -C o -i value; }
define() {
  wait_for 60 started
  tpm2_nvdefine -Q -C o -s 4 0x1500001 -a "ownerread|ownerwrite"
  nv_set "$1"
  tpm2_pcrextend 16:sha256="$(digest sha256 <<<extended)"
}

case_a_tpm_that_may_not_move_or_go_back_makes_qemu_refuse() {
  local port
  port=$(free_ports)
  serve a
  on a create guest --tcp "$port"
  expect_match "permissions" '"migration" : "deny",\s*"snapshots" : "deny"' "$(on a show guest --json | tr '\n' ' ')"
  qemu-img create -q -f qcow2 disk 64M
  machine m a -drive if=none,format=qcow2,file=disk
  qemu_refuses "TPM emulator does not support migration" migrate m "exec:cat >stream"
  qemu_refuses "TPM emulator does not support migration" human m "savevm one"
  quit m
  # Allowed when QEMU starts, denied while it runs: the guest goes on.
  on a set guest --migration allow --snapshots allow
  machine m a -drive if=none,format=qcow2,file=disk
  on a set guest --migration deny --snapshots deny
  qemu_refuses "failed" migrate m "exec:cat >stream"
  qemu_refuses "Error" human m "savevm one"
  expect_equal "guest" running "$(status m)"
  expect_match "QEMU's message" "TPM error 0x9 operation failed" "$(cat m.errors)"
  expect_match "log" "neither migration nor snapshots are allowed" "$(cat a/log)"
  quit m
  end
}

case_a_migration_moves_the_whole_tpm() {
  local port_a port_b uuid=5f0c9a34-75e7-4f8f-8b7d-0d9ab8a3c1d7 pcr
  port_a=$(free_ports) port_b=$(free_ports)
  openssl rand -hex 32 >key
  chmod 600 key
  serve a --migration-key "file:$PWD/key"
  serve b --migration-key "file:$PWD/key"
  on a create guest --tcp "$port_a" --uuid $uuid --migration allow
  on b create guest --tcp "$port_b" --incoming
  expect_match "what is awaited" "state: *incoming" "$(on b show guest)"
  tpm_at "$port_a"
  machine one a
  define 00000001
  pcr=$(pcr sha256 16)
  machine two b -incoming unix:move
  migrate one unix:move
  wait_for 60 is two running
  tpm_at "$port_b"
  expect_equal "NV index" 00000001 "$(nv)"
  expect_equal "PCR" "$pcr" "$(pcr sha256 16)"
  expect_match "the same TPM" $uuid "$(on b show guest)"
  expect_match "its permission" "migration: *allow" "$(on b show guest)"
  quit one
  expect_match "state" "state: *moved" "$(on a show guest)"
  # The source starts no clone, also not after a restart.
  stop a
  serve a --migration-key "file:$PWD/key"
  machine clone a
  wait_for 60 gone "$(cat clone.pid)"
  expect_match "QEMU's message" "CMD_INIT: 0x9 operation failed" "$(cat clone.errors)"
  expect_match "reason" "has moved: its state was handed over" "$(on a show guest)"
  # And back, into what is left there.
  nv_set 00000002
  machine three a -incoming unix:move
  migrate two unix:move
  wait_for 60 is three running
  tpm_at "$port_a"
  expect_equal "NV index" 00000002 "$(nv)"
  quit two
  quit three
  end
}

case_a_migration_that_fails_falls_back_to_its_source() {
  local port_a port_b
  port_a=$(free_ports) port_b=$(free_ports)
  openssl rand -hex 32 >key
  chmod 600 key
  serve a --migration-key "file:$PWD/key"
  serve b
  on a create guest --tcp "$port_a" --migration allow
  on b create guest --tcp "$port_b" --incoming
  tpm_at "$port_a"
  machine one a
  define 00000001
  # The destination has no key: QEMU ends there when it loads the TPM's state. It tells the source if that waits for it.
  machine two b -incoming unix:move
  qmp two.qmp migrate-set-capabilities '{"capabilities": [{"capability": "return-path", "state": true}]}'
  qmp one.qmp migrate-set-capabilities '{"capabilities": [{"capability": "return-path", "state": true}]}'
  qemu_refuses "failed" migrate one unix:move
  wait_for 60 gone "$(cat two.pid)"
  expect_match "QEMU's message" "Setting the stateblob .* failed" "$(cat two.errors)"
  wait_for 60 is one running
  nv_set 00000002
  expect_equal "NV index" 00000002 "$(nv)"
  # If it does not wait, whoever manages both lets it go on.
  qmp one.qmp migrate-set-capabilities '{"capabilities": [{"capability": "return-path", "state": false}]}'
  machine two b -incoming unix:move
  migrate one unix:move
  wait_for 60 gone "$(cat two.pid)"
  qmp one.qmp cont
  nv_set 00000003
  expect_equal "NV index" 00000003 "$(nv)"
  expect_match "log" "goes on here" "$(cat a/log)"
  # With the key it works.
  stop b
  serve b --migration-key "file:$PWD/key"
  on b create guest --tcp "$port_b" --incoming
  machine two b -incoming unix:move
  migrate one unix:move
  wait_for 60 is two running
  tpm_at "$port_b"
  expect_equal "NV index" 00000003 "$(nv)"
  quit one
  # The destination dies before its guest has used the TPM, and the operator knows that it is nowhere else.
  on a reclaim guest
  expect_match "audit" "audit: guest: taken back by the operator" "$(cat a/log)"
  end
}

case_snapshots_are_for_who_allows_them_and_for_this_service() {
  local port
  port=$(free_ports)
  serve a
  serve b
  on a create guest --tcp "$port" --snapshots allow
  on b create guest --incoming
  qemu-img create -q -f qcow2 disk 64M
  tpm_at "$port"
  machine m a -drive if=none,format=qcow2,file=disk
  define 00000001
  human m "savevm one"
  nv_set 00000002
  human m "loadvm one"
  expect_equal "NV index" 00000001 "$(nv)"
  expect_match "audit" "audit: guest: went back to a snapshot" "$(cat a/log)"
  nv_set 00000003
  machine target b -incoming unix:move
  migrate m unix:move
  wait_for 60 gone "$(cat target.pid)"
  expect_match "log" "migration is not allowed for it" "$(cat b/log)"
  qmp m.qmp cont
  expect_equal "NV index" 00000003 "$(nv)"
  # Saved to a file and ended, the machine goes on from there; and a machine that starts anew does too.
  migrate m "exec:cat >stream"
  quit m
  machine m a -drive if=none,format=qcow2,file=disk -incoming "exec:cat stream"
  wait_for 60 is m running
  expect_equal "NV index" 00000003 "$(nv)"
  quit m
  machine m a -drive if=none,format=qcow2,file=disk -loadvm one
  expect_equal "NV index" 00000001 "$(nv)"
  on a set guest --snapshots deny --migration allow
  qemu_refuses "Error" human m "loadvm one"
  expect_match "log" "going back to a snapshot is not allowed" "$(cat a/log)"
  quit m
  end
}

case_a_guest_that_is_suspended_to_disk_goes_on_once() {
  local port
  port=$(free_ports)
  serve a
  on a create guest --tcp "$port" --migration allow
  tpm_at "$port"
  machine m a
  define 00000001
  migrate m "exec:cat >stream"
  quit m
  expect_match "state" "state: *moved" "$(on a show guest)"
  machine m a -incoming "exec:cat stream"
  wait_for 60 is m running
  expect_equal "NV index" 00000001 "$(nv)"
  nv_set 00000002
  quit m
  machine m a -incoming "exec:cat stream"
  wait_for 60 gone "$(cat m.pid)"
  expect_match "log" "going back to a snapshot is not allowed" "$(cat a/log)"
  machine m a
  wait_for 60 started
  expect_equal "NV index" 00000002 "$(nv)"
  quit m
  end
}
