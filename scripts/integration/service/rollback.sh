# Starts its own: the service, and older states that somebody puts back.
source "$here/own_service.sh"

case_a_folder_put_back_is_refused_until_the_operator_accepts_it() {
  local folder
  PORT=$(free_ports)
  serve
  ctl create guest --mssim "$PORT" --uuid 6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c22
  folder=state/instances/6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c22
  new other
  switch_on "$PORT"
  tpm2_nvdefine -Q -C o 0x1500001 -a "nt=counter|ownerread|ownerwrite"
  tpm2_nvincrement -Q 0x1500001 -C o
  stop
  cp -a "$folder" old
  serve
  switch_on "$PORT"
  tpm2_nvincrement -Q 0x1500001 -C o
  stop
  rm -r "$folder"
  cp -a old "$folder"
  serve
  expect_match "state" "failed" "$(ctl show guest)"
  expect_match "reason" "an older permanent state was put back" "$(ctl show guest)"
  expect_match "the other instance" "off" "$(ctl show other)"
  expect_failure listening "$PORT"
  expect_failure ctl accept-rollback other 2>errors
  expect_match "nothing to accept" "no rollback to accept" "$(cat errors)"
  ctl accept-rollback guest
  expect_match "audit" "audit: guest: rollback accepted by the operator" "$(cat service.log)"
  switch_on "$PORT"
  expect_equal "counter" 0000000000000001 "$(tpm2_nvread 0x1500001 -C o | hex)"
  tpm2_nvincrement -Q 0x1500001 -C o
  stop
  serve
  switch_on "$PORT"
  expect_equal "counter" 0000000000000002 "$(tpm2_nvread 0x1500001 -C o | hex)"
  ctl destroy guest
  stop
  cp -a old "$folder"
  serve
  expect_match "reason" "is not registered here" "$(ctl show guest)"
  stop
}
