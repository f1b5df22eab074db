# Starts its own: the control channel, as swtpm_ioctl and QEMU use it.

setup() {
  mkdir state
  "$SWTPM" socket --tpm2 --tpmstate "dir=$PWD/state" --ctrl "type=unixio,path=$PWD/ctrl" --server "type=unixio,path=$PWD/data" \
    --pid "file=$PWD/swtpm.pid" --log "file=$PWD/log" </dev/null >out 2>&1 &
  wait_for 10 test -s swtpm.pid
}

ioctl() { swtpm_ioctl --unix "$THEME_DIR/ctrl" "$@"; }

data() { # HEX: a raw command on the data socket
  python3 - "$THEME_DIR/data" "$1" <<'PYTHON'
import socket, sys
with socket.socket(socket.AF_UNIX) as connection:
    connection.settimeout(10)
    connection.connect(sys.argv[1])
    connection.sendall(bytes.fromhex(sys.argv[2]))
    print(connection.recv(4096).hex())
PYTHON
}

startup=80010000000c000001440000
read_pcr_17=8001000000140000017e00000001000b03000002
get_random=80010000000c0000017b0008

case_commands_before_init_get_a_fatal_error() {
  expect_equal "response" 80010000000a00000101 "$(data 80010000000a00000181)"
}

case_capabilities_of_the_channel() { expect_match "capabilities" "ptm capability is 0x1?ffff|0x1?ffff" "$(ioctl -c)"; }

case_init_powers_on() {
  ioctl -i
  expect_equal "TPM2_Startup" 80010000000a00000000 "$(data $startup)"
}

case_the_established_bit_follows_the_hash_sequence() {
  expect_match "bit" ": 0|0\$" "$(ioctl -e)"
  echo -n measured >data
  ioctl -h - <data
  expect_match "bit" "1\$" "$(ioctl -e)"
  # A DRTM sequence resets PCR 17 and extends it with the digest of the data.
  expect_equal "PCR 17" "$(extended sha256 "$(printf '0%.0s' {1..64})" "$(digest sha256 <data)")" \
    "$(data $read_pcr_17 | tail -c 65)"
  ioctl -r 3
  expect_match "bit" "0\$" "$(ioctl -e)"
}

# TPM2_CreatePrimary of RSA-4096 keys in the null hierarchy, another one each time, until one is cancelled.
case_cancel_ends_the_command_that_runs() {
  local turn response=
  (while sleep 0.05; do ioctl -C; done) >/dev/null 2>&1 &
  for turn in $(seq 1000 1099); do
    response=$(data "800200000043000001314000000700000009400000090000000000000400000000001A"\
"0001000b00040072000000100014000b100000000000$(printf '0002%04x' "$turn")000000000000")
    [ "$response" != 80010000000a00000909 ] || break
  done
  kill %%
  expect_equal "the command" 80010000000a00000909 "$response"
  expect_match "the next" '^80010000001400000000' "$(data $get_random)"
}

case_localities_above_4_are_refused() {
  ioctl -l 4
  ioctl -l 0
  expect_failure ioctl -l 5
}

case_the_buffer_size_is_told_and_set_only_when_stopped() {
  expect_match "size" "4096" "$(ioctl -b 0)"
  expect_match "result" "0xa" "$(ioctl -b 4000 2>&1 || true)"
}

case_state_blobs_move_a_running_tpm() {
  local before
  data 8002000000410000018200000010000000094000000900000000000000000001000b"$(printf 'ab%.0s' {1..32})"
  before=$(data 8001000000140000017e00000001000b03000001)
  ioctl --save permanent "$PWD/permanent"
  ioctl --save volatile "$PWD/volatile"
  ioctl --save savestate "$PWD/savestate"
  ioctl --stop
  expect_equal "response after stop" 80010000000a00000101 "$(data $get_random)"
  ioctl --load permanent "$PWD/permanent"
  ioctl --load volatile "$PWD/volatile"
  ioctl -i
  expect_equal "TPM2_Startup after resuming" 80010000000a00000100 "$(data $startup)"
  expect_equal "PCR 16" "$before" "$(data 8001000000140000017e00000001000b03000001)"
}

case_store_volatile_lets_the_next_init_resume() {
  ioctl -v
  ioctl --stop
  ioctl -i
  expect_equal "TPM2_Startup after resuming" 80010000000a00000100 "$(data $startup)"
}

case_info_is_json() {
  ioctl --info 1 >info
  expect_match "specification" '"family": ?"2.0"' "$(cat info)"
}

case_damaged_blobs_are_refused() {
  ioctl --save permanent "$PWD/permanent"
  ioctl --stop
  head -c 30 "$PWD/permanent" >short
  expect_failure ioctl --load permanent "$PWD/short"
  ioctl -i
  expect_equal "TPM2_Startup" 80010000000a00000000 "$(data $startup)"
}

case_bad_bytes_do_not_harm_it() {
  python3 - "$THEME_DIR" <<'PYTHON'
import os, random, socket, sys
random.seed(5)
for path in ("ctrl", "data"):
    for _ in range(40):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(3)
            connection.connect(os.path.join(sys.argv[1], path))
            try:
                message = random.randbytes(random.randrange(1, 200))
                if path == "ctrl":
                    # No shutdown, which is the one control command that may end the process.
                    message = b"\0\0\0" + bytes([random.choice([c for c in range(0x20) if c not in (2, 3, 14, 13)])]) + message
                connection.sendall(message)
                connection.shutdown(socket.SHUT_WR)
                connection.recv(4096)
            except (TimeoutError, ConnectionError, BrokenPipeError):
                pass
PYTHON
  ioctl -c
  expect_match "response" "^8001.*00000000" "$(data $get_random)"
}

case_shutdown_ends_the_process() {
  local pid
  pid=$(cat "$THEME_DIR/swtpm.pid")
  ioctl -s
  wait_for 10 gone "$pid"
  expect_equal "files left" "" "$(find "$THEME_DIR" -maxdepth 1 -name ctrl -o -maxdepth 1 -name data -o -maxdepth 1 -name swtpm.pid)"
}
