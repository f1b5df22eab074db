# Starts its own: a service that may have few descriptors, and a client that opens many connections.
source "$here/own_service.sh"

create() { curl -sS --unix-socket run/vtpmd.admin -d "{\"name\":\"$1\",\"endorsementKeys\":[\"none\"]}" http://vtpmd/v1/instances; }
audited() { grep -q -- "$1" state/audit.log; }
# connections COUNT SOCKET FILE: opens so many, notes in the file how many are still there, and keeps them until its input ends.
connections() {
  python3 -c '
import pathlib, socket, sys
count, path, note = sys.argv[1:]
clients = []
for _ in range(int(count)):
    client = socket.socket(socket.AF_UNIX)
    client.connect(path)
    clients.append(client)
served = 0
for client in clients:
    try:
        client.sendall(bytes.fromhex("00000001"))
        served += len(client.recv(64)) > 0
    except OSError:
        pass
pathlib.Path(note).write_text(str(served))
sys.stdin.read()' "$@"
}

case_without_descriptors_nothing_more_is_taken_on_and_the_rest_goes_on() {
  local port number answer
  ulimit -n 128
  serve
  port=$(free_ports)
  ctl create first --mssim "$port"
  switch_on "$port"
  for number in $(seq 200); do
    answer=$(create "vm$number")
    [[ $answer != *error* ]] || break
  done
  expect_match "reason" "vm$number: cannot be created: cannot listen on .*/vm$number.sock: descriptors have run out: the service may have 128" \
    "$answer"
  expect_failure ctl create "vm$number" 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_equal "instances" "$number" "$(ctl list --names | wc -l)"

  # Hardly anybody can attach; the descriptor of the request that was refused is free again.
  mkfifo end
  connections 20 "run/vm1.sock" served <end &
  exec 3>end
  wait_for 10 test -s served
  [ "$(cat served)" -lt 5 ] || fail "$(cat served) connections were served"
  exec 3>&-
  wait_for 10 audited '"what":"turned-away","instance":"vm1".*descriptors have run out'
  ctl destroy vm1
  ctl destroy vm2
  ctl destroy vm3
  tpm2_getrandom --hex 8
  create again
  expect_match "the new one" again "$(ctl list --names)"
  stop
}

case_one_client_does_not_use_up_the_descriptors_of_all() {
  serve
  create greedy
  create other
  mkfifo end
  connections 500 run/greedy.sock served <end &
  exec 3>end
  wait_for 20 test -s served
  expect_equal "served" 64 "$(cat served)"
  wait_for 10 audited '"what":"turned-away","instance":"greedy".*there are 64 connections'
  swtpm_ioctl --unix run/other.sock -c
  exec 3>&-
  wait_for 10 swtpm_ioctl --unix run/greedy.sock -c
  stop
}
