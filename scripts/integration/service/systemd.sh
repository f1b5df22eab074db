# Starts its own: a service under a service manager that the case plays, and the unit that systemd reads.

# shellcheck disable=SC2154 # lib.sh has it
packaging=$here/../../packaging

# listen SECONDS: receives what the service tells at the socket `notify`, a line for each message, in `notified`.
listen() {
  python3 - "$1" >notified <<'PYTHON' &
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind("notify")
receiver.settimeout(float(sys.argv[1]))
while True:
    print(receiver.recv(4096).decode().replace("\n", " "), flush=True)
PYTHON
  echo $! >listener.pid
  wait_for 10 test -S notify
}
told_twice() { [ "$(grep -c "$1" notified)" = 2 ]; }
# serve [VARIABLE=VALUE...]
serve() {
  mkdir -p state run
  env NOTIFY_SOCKET="$PWD/notify" "$@" "$VTPMD" serve --state-dir state --run-dir run >>service.log 2>&1 &
  echo $! >service.pid
  wait_for 60 grep -q READY=1 notified || fail "vtpmd serve did not start: $(tail -n 3 service.log)"
}
stop() {
  kill "$(cat service.pid)"
  wait_for 20 gone "$(cat service.pid)"
  kill "$(cat listener.pid)"
}
tidy() {
  cat service.log notified
  kill -KILL "$(cat service.pid)" "$(cat listener.pid)"
}

case_it_shows_itself_alive_until_it_hangs() {
  local told
  listen 60
  serve WATCHDOG_USEC=2000000
  wait_for 10 grep -q WATCHDOG=1 notified
  kill -STOP "$(cat service.pid)"
  # What was on its way is there when a second has passed.
  sleep 1
  told=$(wc -l <notified)
  sleep 3
  expect_equal "messages of a service that hangs" "$told" "$(wc -l <notified)"
  kill -CONT "$(cat service.pid)"
  stop
  expect_match "the end" "STOPPING=1" "$(tail -n 1 notified)"
}

case_without_a_watchdog_nothing_is_told_but_readiness() {
  listen 60
  serve
  sleep 2
  expect_equal "messages" 1 "$(wc -l <notified)"
  stop
}

case_a_reload_is_told_with_the_time_of_the_clock_that_systemd_compares() {
  local before after told
  listen 60
  serve
  before=$(python3 -c 'import time; print(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)')
  kill -HUP "$(cat service.pid)"
  wait_for 10 grep -q RELOADING=1 notified
  after=$(python3 -c 'import time; print(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)')
  told=$(sed -n 's/.*MONOTONIC_USEC=//p' notified)
  [ "$before" -le "$told" ] || fail "$told is before $before"
  [ "$told" -le "$after" ] || fail "$told is after $after"
  wait_for 10 told_twice READY=1
  expect_match "log" "reloaded" "$(cat service.log)"
  kill -0 "$(cat service.pid)"
  stop
}

case_instances_are_back_before_readiness() {
  listen 60
  serve
  for name in one two three; do "$VTPMD" create $name --run-dir run; done
  stop
  rm notify
  listen 60
  # Who starts a guest when the service is ready finds the sockets.
  serve
  for name in one two three; do test -S run/$name.sock; done
  stop
}

# Another program of the service's user: whoever else is root here, this is user 65534.
as_service() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }

case_other_programs_of_its_user_cannot_look_into_it() {
  local pid jdk attached process other
  [ "$(id -u)" = 0 ] || fail "this case needs root"
  chmod o+x "$WORK" "$THEME_DIR" .
  mkdir state run
  chown 65534:65534 state run
  # It may be in a folder that is not for everybody.
  if ! as_service test -x "$VTPMD"; then
    cp -a "$(dirname "$(dirname "$VTPMD")")" distribution
    VTPMD=$PWD/distribution/bin/vtpmd
  fi
  setpriv --reuid 65534 --regid 65534 --clear-groups "$VTPMD" serve --state-dir state --run-dir run >>service.log 2>&1 &
  pid=$!
  echo $pid >service.pid
  wait_for 60 test -S run/vtpmd.admin
  expect_equal "user" 65534 "$(ps -o uid= -p "$pid" | tr -d ' ')"
  # What they can do with any other process of this user.
  setpriv --reuid 65534 --regid 65534 --clear-groups sleep 60 &
  other=$!
  wait_for 10 as_service gdb --batch -p $other
  as_service cat "/proc/$other/environ"
  kill $other
  expect_failure as_service cat "/proc/$pid/environ"
  expect_failure as_service ls "/proc/$pid/fd/"
  expect_failure as_service dd if="/proc/$pid/mem" bs=1 count=1
  expect_match "gdb" "Operation not permitted" "$(as_service gdb --batch -p "$pid" 2>&1)"
  expect_failure as_service gcore -o core "$pid"
  # Java itself does not listen either, not even to root. It is waited for in vain, so all at the same time.
  jdk=$(dirname "$(readlink -f "/proc/$pid/exe")")
  if [ -x "$jdk/jcmd" ]; then
    as_service "$jdk/jcmd" "$pid" GC.heap_dump "$PWD/heap" &
    attached=$!
    as_service "$jdk/jmap" -dump:file="$PWD/heap" "$pid" &
    attached="$attached $!"
    "$jdk/jcmd" "$pid" GC.heap_dump "$PWD/heap" &
    for process in $attached $!; do expect_failure wait "$process"; done
  fi
  test ! -e heap
  expect_match "limits" 'Max core file size +0 +0 ' "$(cat "/proc/$pid/limits")"
  # It goes on, with what it has in /proc itself.
  "$VTPMD" create guest --run-dir run
  kill "$pid"
  wait_for 20 gone "$pid"
}

# installed: prints the unit as it is where vtpmd is installed.
installed() { sed "s,/usr/bin/vtpmd,$VTPMD," "$packaging/systemd/vtpmd.service" | grep -v '^Documentation='; }

case_the_unit_is_valid_and_as_hardened_as_documented() {
  installed >vtpmd.service
  expect_equal "systemd-analyze verify" "" "$(systemd-analyze verify ./vtpmd.service 2>&1)"
  # From 0, nothing is open, to 100, ten times what it prints.
  systemd-analyze security --offline=true --no-pager --threshold=12 "$PWD/vtpmd.service"
}
