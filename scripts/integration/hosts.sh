# For themes with several services, each on a host of its own: a directory of the case.

# serve HOST [OPTION...]: starts the service of a host.
serve() {
  local host=$1
  shift
  mkdir -p "$host/state" "$host/run"
  "$VTPMD" serve --state-dir "$host/state" --run-dir "$host/run" "$@" >>"$host/log" 2>&1 &
  echo $! >"$host/pid"
  wait_for 60 test -S "$host/run/vtpmd.admin" || fail "vtpmd serve did not start: $(tail -n 3 "$host/log")"
}

# on HOST COMMAND...: a command of vtpmd.
on() {
  local host=$1
  shift
  "$VTPMD" "$@" --run-dir "$host/run"
}

# stop HOST
stop() {
  kill "$(cat "$1/pid")"
  wait_for 60 gone "$(cat "$1/pid")"
}

tidy() {
  local pid
  tail -n 20 ./*/log
  for pid in ./*/pid; do kill "$(cat "$pid")" || true; done
}
