# Starts its own: a service that is asked for its metrics, on the administration socket and on TCP.
source "$here/own_service.sh"

scrape() { curl -sS --fail --unix-socket run/vtpmd.admin http://vtpmd/metrics >scraped; }
# parsed METRIC [LABEL=VALUE...]: its value, read by Prometheus's own client library for Python, which reads all others too.
parsed() {
  /usr/bin/python3 - "$@" <<'PYTHON'
import sys
from prometheus_client.parser import text_string_to_metric_families
name, wanted = sys.argv[1], dict(pair.split("=") for pair in sys.argv[2:])
values = [
    sample.value
    for family in text_string_to_metric_families(open("scraped").read())
    for sample in family.samples
    if sample.name == name and all(sample.labels.get(key) == value for key, value in wanted.items())
]
print(int(values[0]) if values else "none")
PYTHON
}

case_commands_commits_and_instances_are_counted() {
  local port
  port=$(free_ports)
  serve
  new guest "$port"
  new other
  switch_on "$port"
  tpm2_pcrextend 16:sha256="$(printf one | digest sha256)"
  tpm2_pcrextend 16:sha256="$(printf two | digest sha256)"
  tpm2_nvdefine -Q -C o 0x1500001 -s 4 -a "ownerread|ownerwrite"
  # TPM_RC_NV_DEFINED
  expect_rc 0x14c tpm2_nvdefine -Q -C o 0x1500001 -s 4 -a "ownerread|ownerwrite"
  scrape
  expect_equal "extends" 2 "$(parsed vtpmd_commands_total command=PCR_EXTEND result=SUCCESS)"
  expect_equal "latencies" 2 "$(parsed vtpmd_command_duration_seconds_count command=PCR_EXTEND)"
  expect_equal "latencies below 5 s" 2 "$(parsed vtpmd_command_duration_seconds_bucket command=PCR_EXTEND le=+Inf)"
  expect_equal "refused" 1 "$(parsed vtpmd_commands_total command=NV_DEFINE_SPACE result=NV_DEFINED)"
  [ "$(parsed vtpmd_commit_duration_seconds_count result=stored)" -ge 1 ] || fail "no commit"
  expect_equal "sizes" "$(parsed vtpmd_commit_duration_seconds_count result=stored)" "$(parsed vtpmd_commit_size_bytes_count)"
  expect_equal "on" 1 "$(parsed vtpmd_instances state=on)"
  expect_equal "off" 1 "$(parsed vtpmd_instances state=off)"
  expect_match "descriptors" "^[0-9]+$" "$(parsed process_files_open_files)"
  ctl destroy other
  scrape
  expect_equal "off" 0 "$(parsed vtpmd_instances state=off)"
  # Nothing that names a guest.
  expect_equal "names" 0 "$(grep -c guest scraped || true)"
  stop
}

case_metrics_are_on_tcp_where_asked_for_and_nothing_else_is() {
  local port
  port=$(free_ports)
  serve --metrics-port "$port"
  curl -sS --fail "http://127.0.0.1:$port/metrics" >scraped
  expect_equal "instances" 0 "$(parsed vtpmd_instances state=on)"
  expect_equal "status" 404 "$(curl -s -o answer -w '%{http_code}' "http://127.0.0.1:$port/v1/instances")"
  expect_equal "lines" 1 "$(wc -l <answer)"
  expect_equal "status" 405 "$(curl -s -o answer -w '%{http_code}' -X DELETE "http://127.0.0.1:$port/metrics")"
  expect_equal "status" 413 "$(head -c 100000 /dev/zero | curl -s -o answer -w '%{http_code}' -X POST --data-binary @- "http://127.0.0.1:$port/metrics")"
  expect_equal "listeners" "127.0.0.1:$port" "$(ss -Hltn "sport = :$port" | awk '{ sub(/^\[::ffff:/, "", $4); sub(/\]/, "", $4); print $4 }')"
  # The port is taken then: another service says so, and does not start.
  mkdir -p state2 run2
  expect_failure "$VTPMD" serve --state-dir state2 --run-dir run2 --metrics-port "$port" 2>refusal
  expect_match "refusal" "TCP port $port for metrics: .*in use" "$(cat refusal)"
  curl -sS --fail "http://127.0.0.1:$port/metrics" >/dev/null
  stop
}
