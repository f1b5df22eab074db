# The TPMs that cases can run against, and how each is started, stopped, killed and power-cycled.
#   vtpmd-mssim   an instance of the vtpmd service, reached over its MSSIM ports
#   vtpmd-tcp     an instance of the vtpmd service, reached over its swtpm ports
#   vtpmd-swtpm   bin/swtpm of the distribution
#   swtpm         the machine's own swtpm, for comparison
#   remote        the TPM that TPM2TOOLS_TCTI already names
# What a case needs to know of a running TPM stands in $THEME_DIR/peer.env, since every case has a shell of its own.

free_ports() {
  python3 - <<'PYTHON'
import random, socket
# Two neighbouring ports below the range that the kernel hands out to clients.
while True:
    port = random.randrange(20000, 32000, 2)
    try:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", port))
            two.bind(("127.0.0.1", port + 1))
        print(port)
        break
    except OSError:
        pass
PYTHON
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }
has_socket() { [ -n "$(find "$1" -type s 2>/dev/null)" ]; }

vtpmd() { "$VTPMD" "$@" --run-dir "$WORK/run"; }

service_start() {
  mkdir -p "$WORK/state" "$WORK/run"
  "$VTPMD" serve --state-dir "$WORK/state" --run-dir "$WORK/run" >>"$WORK/vtpmd.log" 2>&1 &
  echo $! >"$WORK/vtpmd.pid"
  wait_for 30 has_socket "$WORK/run" || fail "vtpmd serve did not start: $(tail -n 3 "$WORK/vtpmd.log")"
}

swtpm_start() {
  "$SWTPM" socket --tpm2 --tpmstate "dir=$THEME_DIR/state" --server "type=tcp,port=$PORT" \
    --ctrl "type=tcp,port=$((PORT + 1))" --flags not-need-init --pid "file=$THEME_DIR/swtpm.pid" \
    --log "file=$THEME_DIR/swtpm.log" ${profile:+--profile "name=$profile"} </dev/null >>"$THEME_DIR/swtpm.out" 2>&1 &
  wait_for 30 test -s "$THEME_DIR/swtpm.pid" || fail "$SWTPM did not start: $(cat "$THEME_DIR/swtpm.out")"
}

peer_pid() {
  case $PEER in
    vtpmd-mssim | vtpmd-tcp) cat "$WORK/vtpmd.pid" ;;
    *) cat "$THEME_DIR/swtpm.pid" ;;
  esac
}

# Starts the TPM of this theme again, after tpm_stop or tpm_kill. It has power, but no TPM2_Startup yet.
tpm_start() {
  case $PEER in
    vtpmd-mssim | vtpmd-tcp) service_start ;;
    swtpm | vtpmd-swtpm) swtpm_start ;;
    *) fail "a remote TPM is not ours to start" ;;
  esac
  wait_for 30 listening "$PORT" || fail "nothing listens on port $PORT"
  if [ "$PEER" = vtpmd-mssim ]; then
    client power-cycle
  fi
}

# Asks the process to end, in order, and waits until it has.
tpm_stop() {
  local pid
  pid=$(peer_pid)
  kill -TERM "$pid"
  wait_for 20 gone "$pid" || fail "process $pid is still there 20 s after SIGTERM"
}

tpm_kill() {
  local pid
  pid=$(peer_pid)
  kill -KILL "$pid"
  wait_for 20 gone "$pid"
  rm -f "$THEME_DIR/swtpm.pid"
  find "$WORK/run" -type s -delete 2>/dev/null || true
}

# A TPM that has never been used, started up, for the theme that begins.
tpm_fresh() {
  case $PEER in
    vtpmd-mssim | vtpmd-tcp)
      PORT=$(free_ports)
      INSTANCE=$(basename "$THEME_DIR")
      # As swtpm is without swtpm_setup, which has the same cases.
      vtpmd create "$INSTANCE" --ek none --pcr-banks sha1,sha256,sha384,sha512 "--${PEER#vtpmd-}" "$PORT" ${profile:+--profile "$profile"}
      if [ "$PEER" = vtpmd-mssim ]; then
        TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$PORT"
      else
        TPM2TOOLS_TCTI="swtpm:host=127.0.0.1,port=$PORT"
      fi
      ;;
    swtpm | vtpmd-swtpm)
      PORT=$(free_ports)
      INSTANCE=''
      mkdir -p "$THEME_DIR/state"
      TPM2TOOLS_TCTI="swtpm:host=127.0.0.1,port=$PORT"
      swtpm_start
      ;;
    remote)
      PORT='' INSTANCE=''
      export TPM2TOOLS_TCTI
      client power-cycle
      tpm2_startup --clear
      tpm2_clear -c platform
      tpm2_shutdown --clear
      client power-cycle
      ;;
  esac
  export TPM2TOOLS_TCTI
  if [ "$PEER" != remote ]; then
    wait_for 10 listening "$PORT" || fail "nothing listens on port $PORT"
  fi
  tpm2_startup --clear
  printf 'PORT=%q INSTANCE=%q\nexport TPM2TOOLS_TCTI=%q\n' "$PORT" "$INSTANCE" "$TPM2TOOLS_TCTI" >"$THEME_DIR/peer.env"
}

# The theme is over.
tpm_discard() {
  case $PEER in
    vtpmd-mssim | vtpmd-tcp) vtpmd destroy "$INSTANCE" ;;
    swtpm | vtpmd-swtpm) tpm_stop ;;
  esac
}

# TPM Reset (Part 1, 12.2.3): an orderly shutdown, power off and on, TPM2_Startup(CLEAR).
tpm_reset() {
  tpm2_shutdown --clear
  client power-cycle
  tpm2_startup --clear
}
