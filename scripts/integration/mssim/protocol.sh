# The MSSIM protocol as its clients speak it, byte by byte.

# speak PORT-OFFSET STEP...: a step is `>HEX` (send), `<HEX` (receive exactly this), `<N` (receive N bytes, whatever they
# are) or `closed` (the other side has closed).
speak() {
  python3 - "${TPM2TOOLS_TCTI##*port=}" "$@" <<'PYTHON'
import socket, sys
port, steps = int(sys.argv[1]) + int(sys.argv[2]), sys.argv[3:]
with socket.create_connection(("127.0.0.1", port), 10) as connection:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for step in steps:
        if step == "closed":
            try:
                rest = connection.recv(1)
            except ConnectionResetError:
                rest = b""
            assert rest == b"", f"not closed, but {rest.hex()}"
        elif step[0] == ">":
            connection.sendall(bytes.fromhex(step[1:]))
        else:
            wanted = step[1:]
            count = int(wanted) if len(wanted) < 4 else len(wanted) // 2
            received = b""
            while len(received) < count:
                piece = connection.recv(count - len(received))
                assert piece, f"closed after {received.hex()}, expected {wanted}"
                received += piece
            assert len(wanted) < 4 or received.hex() == wanted, f"expected {wanted}, got {received.hex()}"
PYTHON
}

get_random=80010000000c0000017b0008

case_a_handshake_tells_version_and_abilities() {
  # TSS.MSR sends its version and wants ours, and the bits: platform available, raw mode, physical presence.
  speak 0 '>0000000f00000001' '<000000010000000d00000000'
}

case_a_handshake_with_version_0_is_closed() { speak 0 '>0000000f00000000' closed; }

case_a_command_may_come_in_pieces() {
  speak 0 '>00000008' '>00' '>0000000c' ">${get_random:0:6}" ">${get_random:6}" '<00000014' '<20' '<00000000'
}

case_several_commands_may_come_at_once() {
  local frame=00000008000000000c$get_random
  speak 0 ">$frame$frame$frame" '<00000014' '<20' '<00000000' '<00000014' '<20' '<00000000' '<00000014' '<20' '<00000000'
}

case_platform_signals_are_acknowledged() {
  for signal in 01 0b 03 04 09 0a 0d 0e 11 12; do
    speak 1 ">000000$signal" '<00000000'
  done
  # Reset (0x11) asked for a new start.
  tpm2_startup -c
}

case_without_power_a_command_has_an_empty_response() {
  speak 1 '>00000002' '<00000000'
  speak 0 ">00000008000000000c$get_random" '<0000000000000000'
  speak 1 '>00000001' '<00000000' '>0000000b' '<00000000'
  tpm2_startup -c
}

case_the_next_self_test_fails_when_the_platform_says_so() {
  speak 1 '>0000001e' '<00000000'
  tpm2_getrandom 8 --hex
  expect_rc 0x101 tpm2_selftest -f
  # 12 bytes of what failed (the last four are 666, forced), and TPM_RC_FAILURE.
  speak 0 '>00000008000000000a80010000000a0000017c' '<0000001c80010000001c00000000000c00000000000000000000029a0000010100000000'
  speak 0 ">00000008000000000c$get_random" '<0000000a' '<80010000000a00000101' '<00000000'
  speak 1 '>00000002' '<00000000' '>00000001' '<00000000' '>0000000b' '<00000000'
  tpm2_startup -c
  tpm2_selftest -f
}

case_cancel_ends_what_takes_long_until_it_is_taken_back() {
  speak 1 '>00000009' '<00000000'
  expect_rc 0x909 tpm2_createprimary -Q -C n -G rsa2048 -c key.ctx
  tpm2_getrandom 8 --hex
  speak 1 '>0000000a' '<00000000'
  tpm2_createprimary -Q -C n -G rsa2048 -c key.ctx
}

case_session_end_closes_without_an_answer_and_keeps_the_tpm() {
  speak 0 '>00000014' closed
  speak 1 '>00000014' closed
  tpm2_getrandom 8 --hex
}

case_stop_ends_neither_the_service_nor_the_instance() {
  speak 0 '>00000015' closed
  speak 1 '>00000015' closed
  wait_for 5 tpm2_startup -c
  tpm2_getrandom 8 --hex
}

case_an_unknown_signal_is_refused() {
  speak 0 '>000000ff' closed
  speak 1 '>000000ff' '<00000001' closed
  tpm2_getrandom 8 --hex
}

case_a_command_of_more_than_the_buffer_is_refused() {
  # 1 MiB and a byte: the connection is closed. A size field that disagrees: TPM_RC_COMMAND_SIZE.
  speak 0 '>000000080000100001' closed
  speak 0 '>00000008000000000d'"${get_random}00" '<0000000a' '<80010000000a00000142' '<00000000'
}

case_the_hash_sequence_of_the_platform_extends_pcr_17() {
  speak 0 '>00000005' '<00000000' '>00000006000000046d656173' '<00000000' '>000000060000000475726564' '<00000000' \
    '>00000007' '<00000000'
  # "meas" and "ured", into a PCR that the start of the sequence has set to zero.
  expect_equal "PCR 17" "$(extended sha256 "$(printf '0%.0s' {1..64})" "$(printf measured | digest sha256)")" "$(pcr sha256 17)"
}

case_localities_reach_the_tpm() {
  # PCR_Extend of PCR 18 at locality 0 is refused, at locality 2 accepted.
  local extend
  extend=80020000004100000182000000120000000940000009000000000000000001000b$(printf 'ab%.0s' {1..32})
  speak 0 ">000000080000000041$extend" '<0000000a' '<80010000000a00000907' '<00000000'
  speak 0 ">000000080200000041$extend" '<00000013' '<19' '<00000000'
}

case_a_client_that_vanishes_in_the_middle_of_a_command_harms_nobody() {
  python3 - "${TPM2TOOLS_TCTI##*port=}" <<'PYTHON'
import socket, struct, sys
for cut in range(1, 20):
    connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
    connection.sendall(bytes.fromhex("00000008000000000c80010000000c0000017b0008")[:cut])
    # A reset instead of an orderly end.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
PYTHON
  tpm2_getrandom 8 --hex
}
