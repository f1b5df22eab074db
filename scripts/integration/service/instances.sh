# Starts its own: the service and its instances, by `vtpmd` on the command line.
source "$here/own_service.sh"

case_an_instance_is_created_listed_shown_and_destroyed() {
  local port
  port=$(free_ports)
  serve
  ctl create guest --uuid 6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c11 --mssim $port
  expect_match "list" "guest" "$(ctl list)"
  expect_match "show" "6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c11" "$(ctl show guest)"
  expect_match "show" "$port" "$(ctl show guest)"
  switch_on $port
  tpm2_getrandom 8 --hex
  ctl destroy guest
  expect_equal "list" 0 "$(ctl list | grep -c guest || true)"
  expect_failure listening $port
  expect_equal "files left of the instance" "" "$(find state -iname '*guest*' -o -iname '*6e8b6d2c*')"
  stop
}

case_mistakes_get_one_line_and_a_status_and_change_nothing() {
  local port
  port=$(free_ports)
  expect_failure ctl list 2>no-service
  expect_equal "lines" 1 "$(wc -l <no-service)"
  serve
  new guest "$port"
  mistake() {
    expect_failure ctl "$@" >output 2>errors
    [ -s errors ] || fail "nothing said about: $*"
    expect_equal "stack traces" 0 "$(grep -c '^\s*at ' errors || true)"
  }
  mistake create guest
  mistake create other --mssim $port
  mistake create ../escape
  mistake create ''
  mistake create other --uuid not-a-uuid
  mistake create other --mssim 70000
  mistake show nobody
  mistake destroy nobody
  mistake qemu-args nobody
  mistake no-such-command
  expect_equal "instances" 1 "$(ctl list | grep -c guest)"
  switch_on $port
  tpm2_getrandom 8 --hex
  stop
}

case_instances_come_back_after_a_restart_and_after_kill_9() {
  local n ports=() port pid
  serve
  for n in 1 2 3; do
    ports+=("$(free_ports)")
    new guest$n "${ports[-1]}"
    switch_on "${ports[-1]}"
    tpm2_createprimary -Q -C o -G ecc -c key.ctx
    tpm2_readpublic -Q -c key.ctx -n before$n
  done
  stop
  serve
  for n in 1 2 3; do
    switch_on "${ports[$((n - 1))]}"
    tpm2_createprimary -Q -C o -G ecc -c key.ctx
    tpm2_readpublic -Q -c key.ctx -n after
    expect_file "primary key of guest$n" before$n after
  done
  pid=$(cat service.pid)
  kill -KILL "$pid"
  wait_for 10 gone "$pid"
  find run -type s -delete
  serve
  for n in 1 2 3; do
    switch_on "${ports[$((n - 1))]}"
    tpm2_createprimary -Q -C o -G ecc -c key.ctx
    tpm2_readpublic -Q -c key.ctx -n after
    expect_file "primary key of guest$n" before$n after
  done
  expect_equal "instances" 3 "$(ctl list | grep -c guest)"
  stop
}

case_sockets_left_by_kill_9_are_replaced() {
  local pid
  serve
  new guest
  pid=$(cat service.pid)
  kill -KILL "$pid"
  wait_for 10 gone "$pid"
  find run -type s | sort >before
  [ -s before ] || fail "there were no sockets"
  "$VTPMD" serve --state-dir state --run-dir run >>service.log 2>&1 &
  echo $! >service.pid
  wait_for 30 ctl list
  expect_match "list" guest "$(ctl list)"
  stop
}

case_sigterm_leaves_no_socket_and_no_pid_file_and_exits_0() {
  local status=0 job
  serve
  ctl create guest --tcp "$(free_ports)"
  job=$(cat service.pid)
  kill -TERM "$job"
  wait "$job" || status=$?
  expect_equal "exit status" 0 $status
  expect_equal "files left in the run directory" "" "$(find run -type s -o -name '*.pid')"
}

case_two_services_do_not_share_a_state_directory() {
  serve
  mkdir run2
  expect_failure timeout 30 "$VTPMD" serve --state-dir state --run-dir run2 2>errors
  [ -s errors ] || fail "nothing said"
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' errors || true)"
  stop
}

case_another_key_file_is_refused_and_the_state_left_as_it_is() {
  head -c 32 /dev/urandom >key
  head -c 32 /dev/urandom >other
  chmod 600 key other
  local port
  port=$(free_ports)
  serve --key-file key
  new guest "$port"
  switch_on $port
  tpm2_nvdefine -Q -C o 0x1500001 -s 4 -a "ownerread|ownerwrite"
  stop
  find state -type f -not -name lock -exec sha256sum {} + | sort >before
  # The service either refuses to start, or starts without the instance; in both cases it says which file and why.
  "$VTPMD" serve --state-dir state --run-dir run --key-file other >wrong.log 2>&1 &
  echo $! >service.pid
  wait_for 20 grep -qi -e key -e state wrong.log
  expect_failure listening $port
  kill -TERM "$(cat service.pid)" || true
  wait_for 20 gone "$(cat service.pid)"
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' wrong.log || true)"
  find state -type f -not -name lock -exec sha256sum {} + | sort >after
  expect_file "state" before after
  serve --key-file key
  switch_on $port
  expect_match "index" 0x1500001 "$(tpm2_getcap handles-nv-index)"
  stop
}

case_a_damaged_state_is_named_and_left_and_the_other_instances_serve() {
  local one two uuid
  one=$(free_ports) two=$(free_ports)
  serve
  new one "$one"
  new two "$two"
  switch_on "$one"
  switch_on "$two"
  uuid=$(ctl show one | grep -Eo '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
  stop
  # Both slots of the state: with one of them the other would serve.
  python3 - "state/instances/$uuid/permanent.0" "state/instances/$uuid/permanent.1" <<'PYTHON'
import sys
for path in sys.argv[1:]:
    data = bytearray(open(path, "rb").read())
    data[100] ^= 1
    open(path, "wb").write(data)
PYTHON
  sha256sum state/instances/"$uuid"/* >before
  : >service.log
  serve
  wait_for 10 grep -q "$uuid/permanent" service.log || fail "the damaged file is not named: $(cat service.log)"
  switch_on "$two"
  tpm2_getrandom 8 --hex
  export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$one"
  client power-cycle || true
  expect_failure tpm2_startup -c
  sha256sum -c before
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' service.log || true)"
  stop
}

case_qemu_args_start_a_qemu_with_the_tpm() {
  serve
  new guest
  # shellcheck disable=SC2046 # the words of a command line
  timeout 60 qemu-system-x86_64 -machine q35 -accel tcg -m 64 -display none -nodefaults -S $(ctl qemu-args guest) \
    -qmp unix:monitor,server=on,wait=off -pidfile qemu.pid &
  wait_for 20 test -s qemu.pid
  python3 - <<'PYTHON'
import json, socket
with socket.socket(socket.AF_UNIX) as monitor:
    monitor.connect("monitor")
    lines = monitor.makefile("rw")
    lines.readline()
    answers = []
    for command in ("qmp_capabilities", "query-tpm", "quit"):
        lines.write(json.dumps({"execute": command}) + "\n")
        lines.flush()
        answers.append(json.loads(lines.readline()))
    assert answers[1]["return"][0]["options"]["type"] == "emulator", answers
PYTHON
  wait_for 20 gone "$(cat qemu.pid)"
  # The machine is off, its TPM waits for the next one.
  expect_match "list" guest "$(ctl list)"
  stop
}

case_key_generation_in_one_instance_does_not_delay_another() {
  local one two busy alone beside
  one=$(free_ports) two=$(free_ports)
  serve
  new one "$one"
  new two "$two"
  switch_on "$one"
  switch_on "$two"
  alone=$(client slowest 80010000000c0000017b0010 2)
  alone=$(client slowest 80010000000c0000017b0010 2)
  (
    export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$one"
    for _ in 1 2 3 4 5 6; do
      printf '\000\001x' >unique
      command tpm2_createprimary -Q -C n -G rsa3072 -c busy.ctx
      command tpm2_flushcontext -t
    done
  ) &
  busy=$!
  beside=$(client slowest 80010000000c0000017b0010 3)
  wait $busy
  echo "slowest TPM2_GetRandom of the other instance: alone $alone ms, beside key generation $beside ms"
  # An RSA-3072 key takes hundreds of milliseconds: whoever waits for one sees that. The margin is for a busy machine.
  [ "$beside" -le $((alone + 120)) ] || fail "GetRandom took $beside ms beside key generation, $alone ms alone"
  stop
}

case_bad_bytes_on_every_port_do_no_harm_to_any_instance() {
  local one two
  one=$(free_ports) two=$(free_ports)
  serve
  new one "$one"
  ctl create two --tcp "$two"
  wait_for 10 listening "$one"
  wait_for 10 listening "$two"
  python3 - "$one" "$two" run <<'PYTHON'
import os, random, socket, sys
random.seed(11)
targets = [("127.0.0.1", int(port) + offset) for port in sys.argv[1:3] for offset in (0, 1)]
for folder, _, names in os.walk(sys.argv[3]):
    targets += [os.path.join(folder, name) for name in names]
assert len(targets) > 4, targets
for target in targets:
    for turn in range(60):
        family = socket.AF_UNIX if isinstance(target, str) else socket.AF_INET
        with socket.socket(family) as connection:
            connection.settimeout(2)
            try:
                connection.connect(target)
                message = random.randbytes(random.randrange(1, 300))
                if turn % 3 == 0:
                    message = b"\0\0\0\x08\0\xff\xff\xff\xff" + message
                if turn % 3 == 1:
                    message = b"\x80\x01\0\0\xff\xff" + message
                connection.sendall(message)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
            except (TimeoutError, ConnectionError, BrokenPipeError):
                pass
PYTHON
  switch_on "$one"
  tpm2_getrandom 8 --hex
  expect_match "list" one "$(ctl list)"
  expect_match "list" two "$(ctl list)"
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' service.log || true)"
  stop
}

case_no_secret_is_logged() {
  local port
  port=$(free_ports)
  serve
  new guest "$port"
  switch_on $port
  tpm2_changeauth -c o visible-owner-auth
  tpm2_createprimary -Q -C o -P visible-owner-auth -G ecc -c primary.ctx
  echo -n visible-sealed-data | tpm2_create -Q -C primary.ctx -i - -p visible-object-auth -c sealed.ctx
  tpm2_unseal -Q -c sealed.ctx -p visible-object-auth -o unsealed
  expect_failure tpm2_unseal -Q -c sealed.ctx -p visible-wrong-auth
  stop
  expect_equal "lines with secrets" 0 \
    "$(grep -a -c -e visible- -e "$(printf visible- | hex)" service.log || true)"
  expect_equal "state files with secrets" "" "$(grep -a -r -l -e visible- state || true)"
}

case_where_unix_sockets_alone_are_allowed_tcp_ports_are_refused_in_a_line() {
  local port
  port=$(free_ports)
  serve
  ctl create ported --mssim "$port" --ek none
  stop
  : >service.log
  python3 "$here/unix_sockets_only.py" "$VTPMD" serve --state-dir state --run-dir run >>service.log 2>&1 &
  echo $! >service.pid
  wait_for 60 api GET /v1/instances || fail "vtpmd serve did not start: $(tail -n 3 service.log)"
  expect_match "reason" "problem: *cannot listen on 127.0.0.1:$port: Address family not supported" "$(ctl show ported)"
  expect_failure ctl create other --tcp "$((port + 2))" 2>refusal
  expect_match "refusal" "cannot listen on 127.0.0.1:$((port + 3)): Address family not supported" "$(cat refusal)"
  expect_equal "lines" 1 "$(wc -l <refusal)"
  new guest
  swtpm_ioctl --unix run/guest.sock -i
  expect_equal "instances" "guest ported" "$(ctl list --names | tr '\n' ' ' | sed 's/ $//')"
  expect_equal "what the log says" 1 "$(grep -c -e WARN -e ERROR service.log)"
  stop
  expect_failure timeout 60 python3 "$here/unix_sockets_only.py" "$VTPMD" serve --state-dir state --run-dir run --metrics-port "$port" 2>refusal
  expect_match "refusal" "TCP port $port for metrics: .*Address family not supported" "$(tail -n 1 refusal)"
}
