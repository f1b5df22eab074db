# Starts its own: a service whose disk takes no more. The limit on the size of files stands for the end of the disk.
source "$here/own_service.sh"

# disk_ends_after BYTES|unlimited
disk_ends_after() { prlimit --pid "$(cat service.pid)" --fsize="$1:"; }

case_a_full_disk_fails_the_command_that_needs_it_and_loses_nothing() {
  local port index
  serve
  port=$(free_ports)
  new guest "$port"
  export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$port"
  client power-cycle
  tpm2_startup -c
  tpm2_nvdefine -Q -C o 0x1500000 -s 4
  printf kept | tpm2_nvwrite -Q 0x1500000 -C o -i -

  disk_ends_after 8192
  head -c 2048 /dev/urandom >content
  for index in 1 2 3 4 5 6 7; do
    tpm2_nvdefine -Q -C o "0x150000$index" -s 2048 && tpm2_nvwrite -Q "0x150000$index" -C o -i content || break
  done
  # TPM_RC_NV_UNAVAILABLE, each time
  expect_rc 0x923 tpm2_nvdefine -Q -C o "0x150000$index" -s 2048
  expect_rc 0x923 tpm2_nvdefine -Q -C o "0x150000$index" -s 2048
  expect_equal "lines that say so" 1 "$(grep -c 'ERROR.*guest: its state cannot be stored' service.log)"

  expect_match "shown" "last error: .*its state cannot be stored" "$(ctl show guest)"

  # What needs no room goes on.
  expect_equal "index from before" kept "$(tpm2_nvread 0x1500000 -C o)"
  tpm2_pcrextend "16:sha256=$(printf one | digest sha256)"
  tpm2_createprimary -Q -C o -G ecc -c primary.ctx
  flush

  disk_ends_after unlimited
  tpm2_nvdefine -Q -C o "0x150000$index" -s 2048
  tpm2_nvwrite -Q "0x150000$index" -C o -i content
  tpm2_nvread "0x150000$index" -C o -o read
  expect_file "content" content read
  expect_equal "lines that it works again" 1 "$(grep -c 'INFO.*guest: its state can be stored again' service.log)"
  stop
}

case_create_on_a_full_disk_leaves_nothing_half_made() {
  serve
  disk_ends_after 100
  expect_failure ctl create guest 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_match "reason" "File too large" "$(cat errors)"
  expect_equal "lines of list" 1 "$(ctl list | wc -l)"
  disk_ends_after unlimited
  ctl create guest
  expect_match "the new instance" guest "$(ctl list)"
  stop
}

# In a file system of one mebibyte, which somebody has filled.
create_in_a_small_file_system() {
  mkdir state
  mount -t tmpfs -o size=1m tmpfs state
  serve
  ctl create first --ek none
  dd if=/dev/zero of=state/instances/filled bs=4096 status=none || true
  expect_equal "room" 0 "$(stat -f -c %a state)"
  expect_failure ctl create second --ek none 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_match "reason" "No space left on device" "$(cat errors)"
  expect_equal "instances" first "$(ctl list --names)"
  expect_equal "folders" 1 "$(find state/instances -mindepth 1 -maxdepth 1 -type d | wc -l)"
  swtpm_ioctl --unix run/first.sock -i
  rm state/instances/filled
  ctl create second
  stop
  serve
  expect_equal "instances" "first second" "$(ctl list --names | tr '\n' ' ' | sed 's/ $//')"
  stop
}
case_create_in_a_full_file_system_leaves_nothing_half_made() {
  export -f create_in_a_small_file_system serve ctl api stop wait_for expect_match expect_equal expect_failure fail gone
  unshare --mount --propagation private bash -euo pipefail -c create_in_a_small_file_system
}
