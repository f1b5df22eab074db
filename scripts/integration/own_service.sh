# For themes that start a service of their own, in the directory of each case: `serve` once or more often, and `stop` at the end.

# serve [OPTION...]: starts it; returns when it answers, even where a socket of one that has died is left.
serve() {
  mkdir -p state run
  "$VTPMD" serve --state-dir state --run-dir run "$@" >>service.log 2>&1 &
  echo $! >service.pid
  wait_for 60 api GET /v1/instances || fail "vtpmd serve did not start: $(tail -n 3 service.log)"
}

ctl() { "$VTPMD" "$@" --run-dir run; }

# api METHOD PATH [JSON]: as `ctl`, without Java's start.
api() { curl -sS --fail --unix-socket run/vtpmd.admin -X "$1" ${3:+-d "$3"} "http://vtpmd$2" >/dev/null; }

# new NAME [MSSIM-PORT]: an instance whose TPM has no keys: neither Java's start nor the search for primes takes its time.
new() { api POST /v1/instances "{\"name\":\"$1\",\"endorsementKeys\":[]${2:+,\"mssim\":$2}}"; }

stop() {
  local pid
  pid=$(cat service.pid)
  kill -TERM "$pid"
  wait_for 20 gone "$pid"
}

crash() {
  local pid
  pid=$(cat service.pid)
  kill -KILL "$pid"
  wait_for 10 gone "$pid"
}

tidy() {
  cat service.log
  stop
}

# switch_on PORT: power for the TPM at these MSSIM ports, TPM2_Startup, and the tools talk to it from now on.
switch_on() {
  export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$1"
  wait_for 10 listening "$1"
  client power-cycle
  tpm2_startup -c
}
