# Starts its own: the service, and a look at its files from outside.
source "$here/own_service.sh"

# value JSON-EXPRESSION: of the document in `document`.
value() { python3 -c "import json; d = json.load(open('document')); print($1)"; }

case_a_state_is_shown_without_its_secrets() {
  local folder port pid newest
  port=$(free_ports)
  (umask 077 && head -c 32 /dev/urandom >key)
  serve --key-file key
  ctl create guest --mssim "$port" --uuid 6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c21
  export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$port"
  wait_for 10 listening "$port"
  client power-cycle
  tpm2_startup -c
  tpm2_changeauth -Q -c o ownersecret
  tpm2_nvdefine -Q -C o -P ownersecret 0x1500001 -s 20 -a "authread|authwrite" -p indexsecret
  printf 'data of the tenant' | tpm2_nvwrite -Q 0x1500001 -C 0x1500001 -P indexsecret -i -
  tpm2_createprimary -Q -C o -P ownersecret -G ecc -c primary.ctx
  tpm2_readpublic -Q -c primary.ctx -n name
  tpm2_evictcontrol -Q -C o -P ownersecret -c primary.ctx 0x81000001
  folder=state/instances/6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c21
  "$VTPMD" inspect "$folder" >running
  expect_match "headers" "kind: +permanent state" "$(cat running)"
  expect_equal "without key" 0 "$(grep -c 0x01500001 running || true)"
  pid=$(cat service.pid)
  kill -TERM "$pid"
  wait_for 20 gone "$pid"
  find state -type f -exec sha256sum {} + >before
  newest=$(for slot in 0 1; do
    "$VTPMD" inspect "$folder/permanent.$slot" --json >document
    echo "$(value 'd["header"]["generation"]') $slot"
  done | sort -n | tail -n 1 | cut -d' ' -f2)
  "$VTPMD" inspect "$folder/permanent.$newest" --key-file key --json >document
  expect_equal "index" "0x01500001 ordinary 20 True" \
    "$(value '" ".join(str(d["tpm"]["nvIndices"][0][k]) for k in ("handle", "type", "size", "written"))')"
  expect_equal "object" "0x81000001 ECC owner $(hex name)" \
    "$(value '" ".join(d["tpm"]["persistentObjects"][0][k] for k in ("handle", "type", "hierarchy", "name"))')"
  expect_equal "authorizations" "['owner']" "$(value 'd["tpm"]["authorizationSet"]')"
  expect_equal "shutdown" state "$(value 'd["tpm"]["lastShutdown"]')"
  "$VTPMD" inspect "$folder" --key-file key >text
  expect_match "name" "name: +guest" "$(cat text)"
  expect_equal "secrets" 0 "$(grep -Ec "secret|tenant|$(printf ownersecret | hex)|$(printf indexsecret | hex)" text document | cut -d: -f2 | paste -sd+ | bc)"
  sha256sum --quiet -c before
  head -c 32 /dev/zero >wrong && chmod 600 wrong
  expect_failure "$VTPMD" inspect "$folder" --key-file wrong >text
  expect_match "another key" "another host key" "$(cat text)"
  printf x | dd of="$folder/permanent.0" bs=1 seek=200 conv=notrunc status=none
  expect_failure "$VTPMD" inspect "$folder/permanent.0" --key-file key >text
  expect_match "damage" "problem: +is damaged" "$(cat text)"
  expect_failure "$VTPMD" inspect nowhere 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
}
