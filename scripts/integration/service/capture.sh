# Starts its own: a service that records what a TPM and its clients say, and Wireshark, which reads it.
source "$here/own_service.sh"

# dissected FILE FIELD...: fields that Wireshark's dissector for TPM 2.0 finds, one line for each packet.
dissected() {
  local file=$1 field fields=()
  shift
  for field in "$@"; do fields+=(-e "$field"); done
  tshark -r "$file" -T fields "${fields[@]}" 2>/dev/null
}

case_wireshark_reads_a_recorded_conversation() {
  local port
  port=$(free_ports)
  serve
  new guest "$port"
  switch_on "$port"
  tpm2_getrandom 8 >/dev/null
  ctl capture guest captured.pcap
  tpm2_getrandom 4 >/dev/null
  printf one >message
  tpm2_pcrevent -Q 16 message
  expect_rc 0x18b tpm2_nvread -C o 0x1500009 -s 4
  expect_match "how far it is" "captured.pcap: [1-9][0-9]* commands, [0-9]+ bytes, 0 left out$" "$(ctl capture guest)"
  ctl capture guest --stop
  tpm2_hash -Q -g sha256 message
  expect_equal "mode" 600 "$(stat -c %a captured.pcap)"
  tshark -r captured.pcap 2>/dev/null >packets
  cat packets
  expect_equal "packets that are not TPM" 0 "$(grep -vc ' TPM ' packets || true)"
  expect_equal "GetRandom" 1 "$(grep -c "TPM Request.*TPM2_CC_GetRandom" packets)"
  expect_equal "PCR_Event" 1 "$(grep -c "TPM Request.*TPM2_CC_PCR_Event" packets)"
  expect_equal "after its end" 0 "$(grep -c "TPM2_CC_Hash" packets || true)"
  expect_equal "requests and responses" "$(grep -c "TPM Request" packets)" "$(grep -c "TPM Response" packets)"
  # A response is behind its command, and says the time that the TPM has taken.
  dissected captured.pcap frame.time_epoch | sort -c || fail "packets are not in order"
  expect_equal "damaged" "" "$(tshark -r captured.pcap -Y '_ws.malformed || tcp.analysis.flags || ip.checksum.status == 0' 2>/dev/null)"
  expect_match "log" "audit: guest:.* capture.*captured.pcap" "$(cat service.log)"
  expect_match "log" "audit: guest: the capture in .*captured.pcap ends with [0-9]+ commands, 0 left out$" "$(cat service.log)"
  expect_match "audit log" '"what":"capture"' "$(cat state/audit.log)"
  stop
}

case_captures_are_refused_in_one_line_and_nothing_is_overwritten() {
  serve
  new guest
  echo mine >mine
  refuse "mine: is there already" ctl capture guest mine
  expect_equal "file" mine "$(cat mine)"
  refuse "there is no such file or directory" ctl capture guest missing/file
  refuse "there is no capture" ctl capture guest --stop
  refuse "guest has no capture" ctl capture guest
  refuse "there is no instance named nobody" ctl capture nobody file
  ln -s /dev/full link
  refuse "link: is there already" ctl capture guest link
  ctl capture guest first.pcap
  refuse "there is a capture already, in $PWD/first.pcap" ctl capture guest second.pcap
  [ ! -e second.pcap ] || fail "second.pcap is there"
  stop
  tshark -r first.pcap
}

case_a_full_disk_ends_the_capture_and_not_the_tpm() {
  local port index
  port=$(free_ports)
  serve
  new guest "$port"
  switch_on "$port"
  ctl capture guest captured.pcap
  prlimit --pid "$(cat service.pid)" --fsize=4096:
  for index in $(seq 40); do tpm2_getrandom 32 >/dev/null; done
  wait_for 10 ended
  tpm2_getrandom 8 >/dev/null
  expect_match "log" "audit: guest: the capture in $PWD/captured.pcap ends with [0-9]+ commands, 0 left out, it cannot be written" "$(cat service.log)"
  expect_equal "mentions in the log" 1 "$(grep -c 'cannot be written' service.log)"
  prlimit --pid "$(cat service.pid)" --fsize=unlimited:
  ctl capture guest again.pcap --limit 1
  tpm2_getrandom 8 >/dev/null
  ctl capture guest --stop
  stop
}
ended() { ctl capture guest | grep -q ", ended"; }

case_a_capture_ends_with_its_instance() {
  local port
  port=$(free_ports)
  serve
  new guest "$port"
  switch_on "$port"
  ctl capture guest captured.pcap
  tpm2_getrandom 8 >/dev/null
  ctl destroy guest
  expect_match "packets" "TPM2_CC_GetRandom" "$(tshark -r captured.pcap 2>/dev/null)"
  expect_equal "threads" 0 "$(grep -lc vtpmd-capture /proc/"$(cat service.pid)"/task/*/comm 2>/dev/null | wc -l)"
  stop
}
