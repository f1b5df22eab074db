# Starts its own: what the administration socket does with requests of all kinds, what it tells, and what it notes.
source "$here/own_service.sh"

# http METHOD PATH [CURL-OPTION...]: prints the status; the body is in `response`.
http() { curl -sS -m 30 -o response -w '%{http_code}' --unix-socket run/vtpmd.admin -X "$1" "http://vtpmd$2" "${@:3}"; }
field() { python3 -c 'import json, sys; print(json.load(open("response")).get(sys.argv[1], ""))' "$1"; }
status_of() { # COMMAND...: its exit status
  local status=0
  "$@" >/dev/null 2>&1 || status=$?
  echo $status
}

case_a_request_of_100_mb_is_answered_with_413() {
  serve
  head -c 100000000 /dev/zero >large
  expect_equal "status" 413 "$(http POST /v1/instances --data-binary @large)"
  expect_match "answer" "no body has more than [0-9]+ bytes" "$(field error)"
  expect_equal "status, sent at once" 413 "$(http POST /v1/instances -H Expect: --data-binary @large)"
  expect_equal "status, in pieces" 413 \
    "$(http POST /v1/instances -H Expect: -H 'Transfer-Encoding: chunked' --data-binary @large)"
  expect_match "answer" "no body has more than [0-9]+ bytes" "$(field error)"
  expect_equal "status of the next" 200 "$(http GET /v1/instances)"
  stop
}

case_a_thousand_connections_keep_nobody_out() {
  local flood
  serve
  new guest
  python3 - <<'PYTHON' &
import socket
sockets = []
for number in range(1000):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect("run/vtpmd.admin")
    try:
        connection.sendall([b"", b"GET /v1", b"POST /v1/instances HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"][number % 3])
    except OSError:
        pass  # closed already, to make room
    sockets.append(connection)
open("flooded", "w").close()
open("finish").read()
PYTHON
  flood=$!
  mkfifo finish
  wait_for 30 test -e flooded
  local begun=$SECONDS
  expect_equal "status" 200 "$(http GET /v1/instances)"
  expect_equal "status" 201 "$(http POST /v1/instances -d '{"name":"other","endorsementKeys":[]}')"
  [ $((SECONDS - begun)) -le 10 ] || fail "two requests took $((SECONDS - begun)) s"
  [ "$(find "/proc/$(cat service.pid)/fd" | wc -l)" -lt 400 ] || fail "the service keeps the connections"
  swtpm_ioctl --unix run/guest.sock -i
  : >finish
  wait "$flood"
  stop
}

case_a_request_that_does_not_come_to_its_end_is_given_up() {
  serve
  timeout 60 python3 - <<'PYTHON'
import socket
with socket.socket(socket.AF_UNIX) as half, socket.socket(socket.AF_UNIX) as idle:
    for connection in half, idle:
        connection.connect("run/vtpmd.admin")
    half.sendall(b"POST /v1/instances HTTP/1.1\r\nHost: vtpmd\r\nContent-Length: 10\r\n\r\n{")
    answer = b"".join(iter(lambda: half.recv(4096), b""))
    assert b" 408 " in answer and b'{"error":"' in answer, answer
    assert idle.recv(1) == b""
PYTHON
  stop
}

case_looking_does_not_wait_for_making() {
  local n makers=() slowest
  serve
  for n in 1 2 3 4; do
    (for m in 1 2 3 4 5; do api POST /v1/instances "{\"name\":\"guest$n-$m\"}"; done) &
    makers+=($!)
  done
  for n in $(seq 20); do
    curl -sS --unix-socket run/vtpmd.admin -o /dev/null -w '%{time_total}\n' http://vtpmd/v1/instances
  done >seconds
  wait "${makers[@]}"
  slowest=$(sort -n seconds | tail -n 1)
  [ "${slowest%%.*}" -lt 5 ] || fail "a list took $slowest s"
  expect_equal "instances" 20 "$(ctl list --names | wc -l)"
  stop
}

case_what_is_not_understood_gets_one_line() {
  serve
  expect_equal "status" 400 "$(http POST /v1/instances -d '{')"
  expect_equal "status" 400 "$(http POST /v1/instances -d '{"name":"a","colour":1}')"
  expect_equal "error" "a CreateDocument has no 'colour'" "$(field error)"
  expect_equal "status" 400 "$(http POST /v1/instances)"
  expect_equal "status" 400 "$(http GET /v1/instances/%zz)"
  expect_equal "status" 404 "$(http GET /v1/nothing)"
  expect_equal "status" 405 "$(http PUT /v1/instances)"
  printf 'nonsense\r\n\r\n' | timeout 20 python3 -c '
import socket, sys
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect("run/vtpmd.admin")
    connection.sendall(sys.stdin.buffer.read())
    print(b"".join(iter(lambda: connection.recv(4096), b"")).decode())' >answer
  expect_match "answer" "400 Bad Request" "$(cat answer)"
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' service.log || true)"
  stop
}

case_the_interface_describes_itself() {
  serve
  expect_equal "status" 200 "$(http GET /v1/openapi.yaml)"
  expect_file "description" "$here/../../docs/openapi.yaml" response
  stop
}

case_exit_statuses_tell_what_kind_of_failure_it_is() {
  expect_equal "no service" 3 "$(status_of ctl list)"
  serve
  new guest
  expect_equal "well" 0 "$(status_of ctl show guest)"
  expect_equal "bad value" 1 "$(status_of ctl create ../escape)"
  expect_equal "bad command line" 2 "$(status_of ctl show)"
  expect_equal "unknown" 4 "$(status_of ctl show nobody)"
  expect_equal "what it has not" 4 "$(status_of ctl capture guest --stop)"
  expect_equal "taken" 5 "$(status_of ctl create guest)"
  expect_equal "not in a state for this" 5 "$(status_of ctl reclaim guest)"
  expect_equal "no certificates" 1 "$(status_of ctl ca install /etc/hostname)"
  chmod o+x "$WORK" "$THEME_DIR" .
  chmod 666 run/vtpmd.admin
  expect_equal "stranger" 403 "$(setpriv --reuid 61005 --regid 61005 --clear-groups \
    curl -sS -o /dev/null -w '%{http_code}' --unix-socket run/vtpmd.admin http://vtpmd/v1/instances)"
  chmod 600 run/vtpmd.admin
  distribution_for_others
  expect_equal "not permitted" 6 "$(status_of setpriv --reuid 61005 --regid 61005 --clear-groups "$VTPMD" list --run-dir run)"
  stop
  expect_equal "no service, whatever was asked" 3 "$(status_of ctl ca install /etc/hostname)"
}
# Another user must be able to read the program.
distribution_for_others() {
  if ! setpriv --reuid 61005 --regid 61005 --clear-groups test -r "$(dirname "$VTPMD")/../lib/launcher.sh"; then
    cp -a "$(dirname "$VTPMD")/.." program
    VTPMD=$PWD/program/bin/vtpmd
  fi
}

case_no_administrative_verb_runs_a_command_or_tells_a_secret() {
  local port secret
  port=$(free_ports)
  serve
  ctl create guest --mssim "$port" --snapshots allow
  switch_on "$port"
  tpm2_changeauth -Q -c o visible-owner-auth
  tpm2_nvdefine -Q -C o -P visible-owner-auth 0x1500001 -s 16 -a "authread|authwrite" -p visible-index-auth
  printf visible-nv-data | tpm2_nvwrite -Q 0x1500001 -C 0x1500001 -P visible-index-auth -i -
  tpm2_createprimary -Q -C o -P visible-owner-auth -G ecc -c primary.ctx
  printf visible-sealed | tpm2_create -Q -C primary.ctx -i - -p visible-object-auth -c sealed.ctx
  tpm2_evictcontrol -Q -C o -P visible-owner-auth -c sealed.ctx 0x81000005
  commands() { curl -sS --unix-socket run/vtpmd.admin http://vtpmd/v1/instances/guest | jq .commands; }
  before=$(commands)
  openssl genpkey -algorithm X25519 -out key 2>/dev/null
  openssl pkey -in key -pubout -out key.pub
  (umask 077 && openssl rand -hex 32 >next)
  {
    for arguments in "list --json" "show guest --json" "qemu-args guest" "ek guest --json" "ek guest --public --pem" \
      "ca show --json" "ca csr" "capture guest captured.pcap" "capture guest" "capture guest --stop" \
      "set guest --migration allow" "rekey --key-source file:next"; do
      # shellcheck disable=SC2086 # the words of a command line
      ctl $arguments
    done
    # What cannot be done while it is on.
    ! ctl export guest out --to key.pub || fail "exported"
    ! ctl start guest || fail "started"
    ! ctl reclaim guest || fail "reclaimed"
    for path in $(sed -n 's,^  \(/[^:]*\):,\1,p' "$here/../../docs/openapi.yaml"); do
      curl -sS --unix-socket run/vtpmd.admin "http://vtpmd${path/"{name}"/guest}"
    done
    "$VTPMD" inspect state/instances/* --key-file next --json
  } >told 2>&1
  expect_match "what was told" '"commands"' "$(cat told)"
  expect_equal "commands that the TPM has executed since" "$before" "$(commands)"
  # What the guest's own authorizations and data are, in whatever way they may be written.
  for secret in visible-owner-auth visible-index-auth visible-nv-data visible-object-auth visible-sealed; do
    expect_equal "$secret" 0 "$(grep -ciF -e "$secret" -e "$(printf %s $secret | hex)" -e "$(printf %s $secret | base64)" told || true)"
  done
  expect_equal "private keys" 0 "$(grep -c "PRIVATE KEY" told || true)"
  stop
}

case_what_is_shown_is_what_happens() {
  local port
  port=$(free_ports)
  serve
  ctl create guest --mssim "$port" --pcr-banks sha256,sha384
  ctl create off --pcr-banks sha512
  switch_on "$port"
  tpm2_getrandom 8 --hex
  expect_equal "names" "guest off" "$(ctl list --names | tr '\n' ' ' | sed 's/ $//')"
  expect_equal "UUIDs" 2 "$(ctl list --uuids | grep -cE '^[0-9a-f-]{36}$')"
  ctl show guest --json >shown
  python3 - <<'PYTHON'
import json
shown = json.load(open("shown"))
assert shown["state"] == "on" and shown["pcrBanks"] == ["sha256", "sha384"], shown
assert shown["commands"] >= 2 and shown["onSince"].endswith("Z") and "attached" not in shown, shown
PYTHON
  expect_match "since when" 'on since: *[0-9TZ:.-]+ \(0:0[0-9]:[0-9]{2}\)$' "$(ctl show guest)"
  expect_match "banks of one that is off" "pcr banks: *sha512$" "$(ctl show off)"
  expect_match "state" "state: *off" "$(ctl show off)"
  stop
}

case_the_audit_log_has_a_line_for_each_act_and_event_and_goes_on_after_rotation() {
  local port
  port=$(free_ports)
  serve --audit-log "$PWD/audit"
  new guest "$port"
  expect_failure ctl create guest 2>/dev/null
  switch_on "$port"
  ctl set guest --snapshots allow >/dev/null
  wait_for 10 grep -q '"what":"set".*"result":"done"' audit
  expect_equal "permissions" 640 "$(stat -c %a audit)"
  mv audit audit.1
  expect_failure ctl create other --profile none 2>/dev/null
  ctl destroy guest
  stop
  [ ! -e state/audit.log ] || fail "there are two audit logs"
  python3 - <<'PYTHON'
import json, os
def lines(name):
    return [json.loads(line) for line in open(name)]
def have(what, rows, **wanted):
    assert any(row["what"] == what and all(row.get(key) == wanted[key] for key in wanted) for row in rows), (what, wanted, rows)
before, after = lines("audit.1"), lines("audit")
have("create", before, kind="act", instance="guest", result="done", uid=0, gid=0)
have("create", before, kind="act", instance="guest", result="failed", detail="there is an instance named guest already")
have("created", before, kind="event", instance="guest")
have("on", before, kind="event", instance="guest")
have("set", before, kind="act", result="done", instance="guest")
have("set", before, kind="event", detail="migration denied, snapshots allowed")
have("create", after, kind="act", instance="other", result="failed")
have("destroy", after, kind="act", instance="guest", result="done")
have("destroyed", after, kind="event", instance="guest")
assert all(row["pid"] > 0 for row in before + after if row["kind"] == "act")
PYTHON
}

case_nothing_secret_is_told_or_noted() {
  serve
  new guest
  head -c 32 /dev/urandom >key
  chmod 600 key
  ctl rekey --key-source "file:$PWD/key"
  stop
  expect_equal "the key in the audit log" 0 "$(grep -cF -e "$(base64 -w 0 key)" -e "$(hex key)" state/audit.log || true)"
  expect_equal "the key in the log" 0 "$(grep -cF -e "$(base64 -w 0 key)" -e "$(hex key)" service.log || true)"
  expect_match "act" '"what":"rekey".*"result":"done"' "$(cat state/audit.log)"
}

case_an_instance_whose_port_was_taken_is_started_once_it_is_free() {
  local port third holder
  port=$(free_ports) third=$(free_ports)
  serve
  new guest "$port"
  new other
  stop
  python3 - "$port" "$third" <<'PYTHON' &
import socket, sys
listeners = [socket.create_server(("127.0.0.1", int(port))) for port in sys.argv[1:]]
open("held", "w").close()
open("finish").read()
PYTHON
  holder=$!
  mkfifo finish
  wait_for 20 test -e held
  serve
  expect_match "state" "state: *failed" "$(ctl show guest)"
  expect_match "reason" "127.0.0.1:$port" "$(ctl show guest)"
  expect_failure ctl start guest 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  # Nor is one made at a port that another program has.
  expect_equal "status" 5 "$(status_of ctl create third --mssim "$third")"
  expect_failure ctl create third --mssim "$third" 2>errors
  expect_match "refusal" "^vtpmd create: third: cannot be created: cannot listen on 127.0.0.1:$third: Address already in use$" "$(cat errors)"
  expect_equal "instances" "guest other" "$(ctl list --names | tr '\n' ' ' | sed 's/ $//')"
  expect_failure ctl start other 2>errors
  expect_match "refusal" "nothing to start" "$(cat errors)"
  : >finish
  wait "$holder"
  ctl start guest
  switch_on "$port"
  tpm2_getrandom 8 --hex
  stop
}

case_a_state_directory_that_is_not_ours_is_refused_and_left_alone() {
  mkdir -p run other
  echo precious >other/file
  expect_failure timeout 60 "$VTPMD" serve --state-dir other --run-dir run 2>errors
  expect_match "refusal" "other: is not a state directory, and has 'file' in it" "$(cat errors)"
  expect_equal "files" "other/file" "$(find other -type f)"
  expect_equal "content" precious "$(cat other/file)"
  expect_failure timeout 60 "$VTPMD" serve --state-dir other/file --run-dir run 2>errors
  expect_match "refusal" "^vtpmd serve: .*other/file: is not a directory$" "$(cat errors)"
  # One of a service of another user.
  chmod o+x "$WORK" "$THEME_DIR" .
  distribution_for_others
  mkdir -m 700 state
  mkdir run2
  chown 61005 run2
  expect_failure timeout 60 setpriv --reuid 61005 --regid 61005 --clear-groups \
    "$VTPMD" serve --state-dir state --run-dir run2 2>errors
  expect_match "refusal" "state.*: permission denied$" "$(cat errors)"
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_equal "files" "" "$(ls state)"
}
