# Starts its own: the options of `swtpm socket`, the way other software uses them.

ioctl() { swtpm_ioctl --unix "$PWD/ctrl" "$@"; }

stops() { # PID: it ends within a few seconds
  wait_for 10 gone "$1" || fail "process $1 does not end"
}

tidy() {
  local pid_file
  for pid_file in *.pid; do
    kill "$(cat "$pid_file")"
  done
}

case_print_capabilities_names_the_features_that_libvirt_and_swtpm_setup_look_for() {
  "$SWTPM" socket --tpm2 --print-capabilities >capabilities
  python3 - <<'PYTHON'
import json
capabilities = json.load(open("capabilities"))
assert capabilities["type"] == "swtpm", capabilities
for feature in ("tpm-2.0", "tpm-send-command-header", "flags-opt-startup", "cmdarg-key-fd", "cmdarg-pwd-fd", "nvram-backend-dir"):
    if feature == "nvram-backend-dir" and capabilities["version"].startswith("0.7"):
        continue
    assert feature in capabilities["features"], (feature, capabilities)
PYTHON
}

case_version_and_help_exit_0() {
  expect_match "version" "^TPM emulator version [0-9]+\.[0-9]+" "$("$SWTPM" --version || "$SWTPM" socket --version)"
  "$SWTPM" socket --help >help
  expect_match "help" "--tpmstate" "$(cat help)"
}

case_daemon_returns_when_the_sockets_accept_and_the_pid_file_is_there() {
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --ctrl "type=unixio,path=$PWD/ctrl" --flags not-need-init \
    --pid "file=$PWD/swtpm.pid" --log "file=$PWD/log,level=1" --daemon
  [ -S ctrl ] || fail "no control socket"
  ioctl -c
  local pid
  pid=$(cat swtpm.pid)
  kill -0 "$pid"
  expect_match "process" "swtpm|java" "$(cat "/proc/$pid/comm")"
  ioctl -s
  stops "$pid"
  [ ! -e ctrl ] || fail "the control socket is still there"
  [ ! -e swtpm.pid ] || fail "the pid file is still there"
}

case_sigterm_ends_it_in_order() {
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --ctrl "type=unixio,path=$PWD/ctrl" --flags startup-clear \
    --pid "file=$PWD/swtpm.pid" &
  local pid=$! status=0
  wait_for 10 test -s swtpm.pid
  kill -TERM "$(cat swtpm.pid)"
  wait $pid || status=$?
  expect_equal "exit status" 0 $status
  [ ! -e ctrl ] || fail "the control socket is still there"
  [ ! -e swtpm.pid ] || fail "the pid file is still there"
}

case_terminate_ends_it_with_the_data_connection() {
  local port
  port=$(free_ports)
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --server type=tcp,port=$port --ctrl "type=unixio,path=$PWD/ctrl" \
    --flags not-need-init,startup-clear --pid "file=$PWD/swtpm.pid" --terminate &
  local pid=$! status=0
  wait_for 10 test -s swtpm.pid
  TPM2TOOLS_TCTI=swtpm:port=$port expect_equal "response code" 0x00000000 \
    "$(TPM2TOOLS_TCTI=swtpm:port=$port response_code 80010000000c0000017b0010)"
  wait $pid || status=$?
  expect_equal "exit status" 0 $status
}

case_disconnect_serves_one_command_per_connection() {
  local port
  port=$(free_ports)
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --server type=tcp,port=$port,disconnect --ctrl "type=tcp,port=$((port + 1))" \
    --flags not-need-init,startup-clear --pid "file=$PWD/swtpm.pid" &
  wait_for 10 test -s swtpm.pid
  python3 - $port <<'PYTHON'
import socket, sys
for _ in range(3):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10) as connection:
        connection.sendall(bytes.fromhex("80010000000c0000017b0010"))
        received = b""
        while piece := connection.recv(4096):
            received += piece
        assert len(received) == 28, received.hex()
PYTHON
  kill "$(cat swtpm.pid)"
  wait
}

case_a_unix_data_socket_serves_the_tools() {
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --server "type=unixio,path=$PWD/data" --ctrl "type=unixio,path=$PWD/data.ctrl" \
    --flags not-need-init,startup-clear --pid "file=$PWD/swtpm.pid" &
  wait_for 10 test -s swtpm.pid
  python3 - <<'PYTHON'
import socket
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect("data")
    connection.sendall(bytes.fromhex("80010000000c0000017b0010"))
    assert len(connection.recv(4096)) == 28
PYTHON
  kill "$(cat swtpm.pid)"
  wait
  [ ! -e data ] || fail "the data socket is still there"
}

case_an_encrypted_state_opens_with_its_key_only() {
  local port
  port=$(free_ports)
  mkdir state
  head -c 32 /dev/urandom >key
  head -c 32 /dev/urandom >other
  export TPM2TOOLS_TCTI=swtpm:port=$port
  start() {
    "$SWTPM" socket --tpm2 --tpmstate dir=state --server type=tcp,port=$port --ctrl "type=tcp,port=$((port + 1))" \
      --flags not-need-init,startup-clear --pid "file=$PWD/swtpm.pid" "$@"
  }
  start --key "file=$PWD/key,format=binary,mode=aes-256-cbc" &
  wait_for 10 test -s swtpm.pid
  tpm2_nvdefine -Q -C o 0x1500001 -s 4 -a "ownerread|ownerwrite"
  kill "$(cat swtpm.pid)" && wait
  find state -type f -not -name .lock -exec sha256sum {} + >before
  expect_failure timeout 20 "$SWTPM" socket --tpm2 --tpmstate dir=state --server type=tcp,port=$port --ctrl "type=tcp,port=$((port + 1))" \
    --flags not-need-init,startup-clear --key "file=$PWD/other,format=binary,mode=aes-256-cbc"
  find state -type f -not -name .lock -exec sha256sum {} + >after
  expect_file "state after the wrong key" before after
  start --key "file=$PWD/key,format=binary,mode=aes-256-cbc" &
  wait_for 10 test -s swtpm.pid
  expect_match "index" 0x1500001 "$(tpm2_getcap handles-nv-index)"
  kill "$(cat swtpm.pid)" && wait
}

case_damaged_state_is_refused_and_left_as_it_is() {
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --ctrl "type=unixio,path=$PWD/ctrl" --flags not-need-init,startup-clear \
    --pid "file=$PWD/swtpm.pid" &
  wait_for 10 test -s swtpm.pid
  kill "$(cat swtpm.pid)" && wait
  python3 - <<'PYTHON'
import os
for folder, _, names in os.walk("state"):
    for name in names:
        path = os.path.join(folder, name)
        if os.path.getsize(path) > 200:
            data = bytearray(open(path, "rb").read())
            for position in range(20, 120):
                data[position] ^= 0x5a
            open(path, "wb").write(data)
PYTHON
  find state -type f -not -name .lock -exec sha256sum {} + >before
  expect_failure timeout 20 "$SWTPM" socket --tpm2 --tpmstate dir=state --ctrl "type=unixio,path=$PWD/ctrl" \
    --flags not-need-init,startup-clear 2>errors
  find state -type f -not -name .lock -exec sha256sum {} + >after
  expect_file "damaged state" before after
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' errors || true)"
}

case_two_processes_do_not_share_a_state() {
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate dir=state --ctrl "type=unixio,path=$PWD/ctrl" --flags not-need-init,startup-clear \
    --pid "file=$PWD/swtpm.pid" &
  wait_for 10 test -s swtpm.pid
  expect_failure timeout 20 "$SWTPM" socket --tpm2 --tpmstate dir=state --ctrl "type=unixio,path=$PWD/ctrl2" \
    --flags not-need-init,startup-clear
  kill "$(cat swtpm.pid)" && wait
}

case_wrong_options_get_one_line_and_exit_status_1() {
  local arguments status
  while read -r arguments; do
    status=0
    # shellcheck disable=SC2086 # words
    timeout 20 "$SWTPM" $arguments 2>errors >output || status=$?
    expect_equal "exit status of: $arguments" 1 $status
    [ -s errors ] || [ -s output ] || fail "nothing said about: $arguments"
    expect_equal "stack traces" 0 "$(grep -c '^\s*at ' errors || true)"
  done <<'ARGUMENTS'
socket --tpm2 --no-such-option
socket --tpm2 --ctrl type=carrier-pigeon
socket --tpm2 --tpmstate dir=/nonexistent/dir --ctrl type=unixio,path=/nonexistent/dir/ctrl
socket --tpm2 --tpmstate dir=. --flags no-such-flag --ctrl type=unixio,path=x
nonsense
ARGUMENTS
}
