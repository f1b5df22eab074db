# Starts its own: a service that provisions TPMs, looked at with openssl and tpm2-tools.
source "$here/own_service.sh"

# create NAME [JSON-MEMBERS]: as `ctl create`, without Java's start.
create() { api POST /v1/instances "{\"name\":\"$1\"${2:+,$2}}"; }

# keys NAME: what `vtpmd ek --json` prints.
keys() { curl -sS --fail --unix-socket run/vtpmd.admin "http://vtpmd/v1/instances/$1/keys"; }

# fetch NAME KEY publicKey|certificate: in PEM.
fetch() { keys "$1" | jq -ej --arg key "$2" --arg what "$3" '.keys[] | select(.name == $key) | .[$what]'; }

# verified FILE: the certificate leads to the authority.
verified() { expect_match "$1" "OK" "$(openssl verify -x509_strict -CAfile ca.pem "$1")"; }

case_the_certificates_lead_to_the_authority_and_say_what_the_profile_asks() {
  local uuid=6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c31 key port text
  port=$(free_ports)
  serve
  ctl create guest --uuid $uuid --mssim "$port" --ek rsa2048,ecc-p256,ecc-p384,ecc-p521,rsa3072,rsa4096 --srk --device-identity
  ctl ca show --pem >ca.pem
  expect_match "authority" "CA:TRUE" "$(openssl x509 -in ca.pem -noout -text)"
  expect_equal "keys" "rsa2048 ecc-p256 ecc-p384 ecc-p521 rsa3072 rsa4096 platform idevid iak srk" \
    "$(keys guest | jq -r '[.keys[].name] | join(" ")')"
  for key in rsa2048 ecc-p256 ecc-p384 ecc-p521 rsa3072 rsa4096 platform idevid iak; do
    fetch guest $key certificate >$key.pem
    verified $key.pem
    fetch guest $key publicKey >$key.pub
    openssl x509 -in $key.pem -noout -pubkey | cmp - $key.pub
  done
  # What the TPM says of itself, in the certificate.
  switch_on "$port"
  tpm2_getcap properties-fixed >properties
  manufacturer=$(sed -n '/TPM2_PT_MANUFACTURER/,/raw/s/.*raw: 0x//p' properties)
  version=$(sed -n '/TPM2_PT_FIRMWARE_VERSION_1/,/raw/s/.*raw: 0x//p' properties)
  for key in rsa2048 ecc-p256 ecc-p384 ecc-p521 rsa3072 rsa4096; do
    text=$(openssl x509 -in $key.pem -noout -text)
    expect_match "subject" "Subject: *$" "$(grep Subject: <<<"$text")"
    expect_match "name" "Alternative Name: critical" "$text"
    expect_match "manufacturer, model, version" \
      "DirName:/2.23.133.2.1=id:$manufacturer/2.23.133.2.2=vtpmd/2.23.133.2.3=id:$(printf %08X "0x$version")$" \
      "$(grep DirName <<<"$text")"
    expect_match "purpose" "2.23.133.8.1" "$(grep -A1 'Extended Key Usage' <<<"$text")"
    expect_match "usage" "$([[ $key == rsa* ]] && echo 'Key Encipherment$' || echo 'Key Agreement$')" \
      "$(grep -A1 'Key Usage: critical' <<<"$text" | tail -n 1)"
    expect_match "no authority" "CA:FALSE" "$(grep -A1 'Basic Constraints: critical' <<<"$text")"
    expect_match "key of its authority" \
      "$(openssl x509 -in ca.pem -noout -ext subjectKeyIdentifier | sed -n 2p | tr -d ' ')" \
      "$(grep -A1 'Authority Key Identifier' <<<"$text")"
    # TPMSpecification: 2.23.133.2.16 with "2.0", level 0 and TPM_PT_REVISION 1.84.
    expect_match "specification" "06056781050210310E300C0C03322E30020100020200B8" \
      "$(openssl x509 -in $key.pem -outform der | xxd -p -c 0 | tr a-f A-F)"
    expect_equal "bytes of the serial number" 20 "$(($(openssl x509 -in $key.pem -noout -serial | wc -c) / 2 - 4))"
  done
  text=$(openssl x509 -in platform.pem -noout -text)
  expect_match "platform" "2.23.133.8.2" "$(grep -A1 'Extended Key Usage' <<<"$text")"
  expect_match "machine" "2.23.133.5.1.6=$uuid" "$text"
  expect_match "device" "serialNumber = $uuid" "$(openssl x509 -in idevid.pem -noout -subject)"
  expect_match "attestation" "2.23.133.8.3" "$(openssl x509 -in iak.pem -noout -ext extendedKeyUsage)"
  stop
}

case_the_tpm_has_them_where_the_tcg_wants_them() {
  local port
  port=$(free_ports)
  serve
  create guest "\"mssim\":$port,\"endorsementKeys\":[\"rsa2048\",\"ecc-p256\",\"ecc-p384\"],\"storageRootKey\":true"
  ctl ek guest --key rsa2048 --der >rsa.der
  ctl ek guest --key ecc-p256 --pem | openssl x509 -outform der -out p256.der
  fetch guest ecc-p384 certificate | openssl x509 -outform der -out p384.der
  switch_on "$port"
  expect_equal "persistent" "0x81000001 0x81010001 0x8101000A 0x81010016" \
    "$(tpm2_getcap handles-persistent | tr -d '\n' | sed 's/- / /g; s/^ //')"
  tpm2_getekcertificate -o rsa.read -o p256.read
  cmp rsa.der rsa.read
  cmp p256.der p256.read
  tpm2_nvread -Q 0x1c00016 -o p384.read
  cmp p384.der p384.read
  # As swtpm_setup defines them, written and locked: PLATFORMCREATE, WRITTEN, NO_DA, AUTHREAD, OWNERREAD, PPREAD, WRITEDEFINE,
  # WRITELOCKED, PPWRITE.
  for index in 0x1c00002 0x1c0000a 0x1c00016 0x1c08000; do
    expect_match "attributes" "value: 0x62072801" "$(tpm2_nvreadpublic $index)"
  done
  for key in rsa:81010001:rsa2048 ecc256:8101000a:ecc-p256 ecc384:81010016:ecc-p384; do
    IFS=: read -r algorithm handle name <<<"$key"
    tpm2_createek -G "$algorithm" -u ek.pub -f pem -c ek.ctx
    fetch guest "$name" publicKey | cmp - ek.pub
    tpm2_readpublic -Q -c "0x$handle" -f pem -o there.pub
    cmp there.pub ek.pub
    tpm2_flushcontext -t
  done
  expect_equal "banks" "sha256" "$(tpm2_getcap pcrs | sed -n 's/ *- \([a-z0-9]*\): \[ 0.*/\1/p')"
  # From what is stored: the keys are told when the TPM is off as well, and after a restart.
  stop
  serve
  ctl ek guest --key rsa2048 --der | cmp - rsa.der
  expect_match "table" "ecc-p384 *0x81010016 *0x01C00016" "$(ctl ek guest)"
  ctl ek guest --key rsa2048 --public --pem | openssl pkey -pubin -noout
  refuse "has no rsa4096 .there is: rsa2048, ecc-p256, ecc-p384, platform, srk.$" ctl ek guest --key rsa4096
  refuse "DER is of one thing" ctl ek guest --der
  stop
}

# activate HANDLE NAME-OF-THE-ENCRYPTION-KEY OPTION...: the secret comes out again.
activate() {
  rm -f activated
  env -u TPM2TOOLS_TCTI tpm2_makecredential -T none "${@:2}" -s secret -n "$(xxd -p -c 0 ak.name)" -o credential
  tpm2_activatecredential -Q -c ak.ctx -C "$1" -i credential -o activated ${policy:+-P "$policy"}
  cmp secret activated
}

case_a_credential_that_was_made_without_the_tpm_is_activated_in_it() {
  local port policy
  port=$(free_ports)
  serve
  create guest "\"mssim\":$port"
  create other
  head -c 20 /dev/urandom >secret
  switch_on "$port"
  tpm2_createak -Q -C 0x81010001 -c ak.ctx -G ecc -g sha256 -s ecdsa -n ak.name
  # All that the other machine has is the certificate.
  fetch guest rsa2048 certificate | openssl x509 -noout -pubkey >ek.pub
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysecret -Q -S session.ctx -c e
  policy=session:session.ctx activate 0x81010001 -G rsa -u ek.pub
  # A credential for another TPM is of no use here.
  fetch other rsa2048 certificate | openssl x509 -noout -pubkey >other.pub
  tpm2_policysecret -Q -S session.ctx -c e
  policy=session:session.ctx expect_failure activate 0x81010001 -G rsa -u other.pub
  tpm2_flushcontext session.ctx
  tpm2_readpublic -Q -c 0x81010016 -o ek384.tss
  policy='' activate 0x81010016 -u ek384.tss
  stop
}

case_no_two_tpms_share_a_key_and_a_template_gives_settings_alone() {
  local n
  serve
  create model '"profile":"full","pcrBanks":["sha384","sha512"],"endorsementKeys":["ecc-p521"],"migration":"allow"'
  ctl create like --from model
  ctl create unlike --from model --ek ecc-p256 --pcr-banks sha256 --migration deny
  expect_match "settings" "migration: *allow" "$(ctl show like)"
  expect_match "settings" "migration: *deny" "$(ctl show unlike)"
  expect_equal "keys" "ecc-p521 platform" "$(keys like | jq -r '[.keys[].name] | join(" ")')"
  expect_equal "keys" "ecc-p256 platform" "$(keys unlike | jq -r '[.keys[].name] | join(" ")')"
  ctl show like | grep -q 'profile: *full'
  key=state/host.key
  expect_match "banks" '"SHA384" : "0xFFFFFF"' "$("$VTPMD" inspect "$(folder like)" --key-file $key --json)"
  expect_match "banks" '"SHA256" : "0x000000"' "$("$VTPMD" inspect "$(folder like)" --key-file $key --json)"
  refuse "no instance named nobody" ctl create another --from nobody
  # Also those that were prepared in advance.
  for n in $(seq 1 16); do create "guest$n"; done
  for n in $(seq 1 16); do keys "guest$n"; done |
    jq -r '.keys[] | select(.name != "platform") | .publicKey | gsub("\n"; "")' | sort >all
  expect_equal "keys" 32 "$(wc -l <all)"
  expect_equal "different keys" 32 "$(uniq all | wc -l)"
  expect_differ "keys of the template" "$(fetch model ecc-p521 publicKey)" "$(fetch like ecc-p521 publicKey)"
  stop
}
folder() { echo "state/instances/$(ctl show "$1" | sed -n 's/^uuid: *//p')"; }

# external NAME SUBJECT: an authority of somebody else's, with openssl.
external() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -out "$1.pem" -days 30 \
    -subj "$2" -addext keyUsage=critical,keyCertSign 2>openssl.log
}
# sign CSR ISSUER EXTENSIONS OUT
sign() {
  printf '%b' "$3" >extensions
  openssl x509 -req -in "$1" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days 30 -extfile extensions -out "$4" \
    2>openssl.log
}

case_another_authority_signs_for_this_one() {
  local authority='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid'
  serve
  refuse "there is no certification authority yet" ctl ca show
  create before
  ctl ca show --pem >ca.pem
  fetch before ecc-p384 certificate >before.pem
  verified before.pem
  ctl ca csr --subject 'CN=vtpmd CA host1,O=Example' >ca.csr
  expect_match "request" "verify OK" "$(openssl req -in ca.csr -noout -verify 2>&1)"
  expect_match "request" "CN = vtpmd CA host1, O = Example" "$(openssl req -in ca.csr -noout -subject)"
  external root /CN=root
  external stranger /CN=stranger
  sign ca.csr root "$authority" signed.pem
  sign ca.csr root 'basicConstraints=CA:FALSE' leaf.pem
  # What does not fit is refused, and the authority goes on as it was.
  refuse "stranger.pem: the certificate is for another key than that of this authority" ctl ca install stranger.pem
  refuse "does not allow its owner to sign certificates" ctl ca install leaf.pem
  refuse "does not belong to the chain" ctl ca install <(cat signed.pem stranger.pem)
  refuse "only certificates are wanted" ctl ca install root.key
  refuse "no certificate in PEM" ctl ca install /etc/hostname
  external impostor /CN=root
  refuse "was not signed with the key of" ctl ca install <(cat signed.pem impostor.pem)
  refuse "is not the name of a subject" ctl ca csr --subject nonsense
  refuse "is not an http:// URL" ctl ca publish ftp://example.com/ca.der
  ctl ca show --pem | cmp - ca.pem
  ctl ca install <(cat root.pem signed.pem)
  ctl ca publish http://ca.example.com/host1.cer
  expect_match "authority" "issuer: *CN=root$" "$(ctl ca show)"
  ctl ca show --pem | cmp - <(openssl x509 -in signed.pem && openssl x509 -in root.pem)
  ctl ca show --pem --former | cmp - ca.pem
  # From now on certificates lead to the other authority, and say where ours can be had; those from before are as they were.
  create after
  fetch after ecc-p384 certificate >after.pem
  expect_match "chain" "OK" "$(openssl verify -x509_strict -CAfile root.pem -untrusted signed.pem after.pem)"
  expect_match "location" "CA Issuers - URI:http://ca.example.com/host1.cer" "$(openssl x509 -in after.pem -noout -text)"
  verified before.pem
  # It outlives the service, and a new host key.
  (umask 077 && openssl rand -hex 32 >next.key)
  ctl rekey --key-source file:next.key
  stop
  serve --key-file next.key
  ctl ca show --pem | cmp - <(openssl x509 -in signed.pem && openssl x509 -in root.pem)
  create later
  fetch later ecc-p384 certificate >later.pem
  expect_match "chain" "OK" "$(openssl verify -x509_strict -CAfile root.pem -untrusted signed.pem later.pem)"
  expect_failure grep -qa "PRIVATE KEY" state/authority
  stop
}

case_a_crash_while_one_is_made_leaves_nothing_of_it() {
  local delay n=0 there
  serve
  for delay in 0 0.03 0.1 0.3; do
    n=$((n + 1))
    # The first one also makes the authority.
    (create "guest$n" '"endorsementKeys":["rsa2048","rsa3072","ecc-p384"],"deviceIdentity":true' 2>/dev/null || true) &
    sleep $delay
    crash
    wait $! || true
    serve
    there=$(curl -sS --unix-socket run/vtpmd.admin http://vtpmd/v1/instances | jq -r '.instances[].name')
    # Either nothing, or the whole of it.
    if grep -qx "guest$n" <<<"$there"; then
      expect_equal "keys" "rsa2048 ecc-p384 rsa3072 platform idevid iak" \
        "$(keys "guest$n" | jq -r '[.keys[].name] | join(" ")')"
    fi
    expect_equal "folders" "$(grep -c . <<<"$there" || true)" "$(find state/instances -mindepth 1 -maxdepth 1 | wc -l)"
    create "next$n"
    ctl ca show --pem >ca.pem
    fetch "next$n" rsa2048 certificate >next.pem
    verified next.pem
  done
  stop
}

case_what_cannot_be_made_is_refused_in_a_line() {
  serve
  refuse "there is no endorsement key 'dsa'; there are rsa2048" ctl create guest --ek dsa
  refuse "has no RSA keys of 4096 bits" ctl create guest --ek rsa4096 --profile libtpms
  refuse "it needs one" ctl create guest --ek none --device-identity
  refuse "come with it, and cannot be chosen" ctl create guest --incoming --srk
  create guest
  refuse "there is an instance named guest already" ctl create guest
  expect_equal "folders" 1 "$(find state/instances -mindepth 1 -maxdepth 1 | wc -l)"
  # What is stored of the authority was damaged: no TPM with a certificate, and nothing half made.
  stop
  printf x | dd of=state/authority bs=1 seek=100 conv=notrunc status=none
  serve
  refuse "authority: is damaged" ctl create another
  ctl create another --ek none
  expect_match "instances" "another" "$(ctl list)"
  stop
}
