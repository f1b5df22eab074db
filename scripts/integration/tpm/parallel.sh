# Several clients of one TPM at a time.

case_eight_connections_each_get_their_own_responses() {
  expect_equal "faults" "" "$(client connections 8 50)"
}

case_tools_in_parallel_all_succeed() {
  local n pids=()
  for n in $(seq 1 8); do
    (for _ in 1 2 3 4 5; do tpm2_getrandom 16 -o random$n || exit 1; done) &
    pids+=($!)
  done
  for n in "${pids[@]}"; do
    wait "$n"
  done
}
