# Completes vtpmd's command line in bash. What the running service knows, names and UUIDs, is asked of it.
# shellcheck shell=bash

# A line `COMMAND WORD` for each option and argument, from the commands' man pages.
_vtpmd_words() {
  cat <<'WORDS'
@WORDS@
WORDS
}

# Prints the names and UUIDs of the instances of the service with this run directory, or of the usual one.
_vtpmd_instances() {
  vtpmd list ${1:+--run-dir "$1"} 2>/dev/null | awk 'NR > 1 { if ($1 != "-") print $1; print $2 }'
}

# _vtpmd_values LABEL: what may stand where the help says LABEL.
_vtpmd_values() {
  local keys="rsa2048 rsa3072 rsa4096 ecc-p256 ecc-p384 ecc-p521"
  case $1 in
    INSTANCE | TEMPLATE) mapfile -t COMPREPLY < <(compgen -W "$(_vtpmd_instances "$run_directory")" -- "$word") ;;
    DIR) mapfile -t COMPREPLY < <(compgen -d -- "$word") && compopt -o filenames ;;
    PROFILE) mapfile -t COMPREPLY < <(compgen -W "default full libtpms" -- "$word") ;;
    BANK) mapfile -t COMPREPLY < <(compgen -W "sha1 sha256 sha384 sha512" -- "$word") ;;
    KEY)
      case $command in
        ek) keys="$keys platform srk idevid iak" ;;
        *) keys="$keys none" ;;
      esac
      mapfile -t COMPREPLY < <(compgen -W "$keys" -- "$word")
      ;;
    USER) mapfile -t COMPREPLY < <(compgen -u -- "$word") ;;
    GROUP) mapfile -t COMPREPLY < <(compgen -g -- "$word") ;;
    *FILE* | *KEY* | *.pem) mapfile -t COMPREPLY < <(compgen -f -- "$word") && compopt -o filenames ;;
    *'|'*) mapfile -t COMPREPLY < <(compgen -W "${1//|/ }" -- "$word") ;;
  esac
}

# _vtpmd_label OPTION: what it takes, if it takes something.
_vtpmd_label() {
  local known
  for known in "${words[@]}"; do
    if [[ $known == "$1="* ]]; then
      echo "${known#*=}"
    fi
  done
}

_vtpmd() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} run_directory='' previous='' label i
  local words=() arguments=() positions=0 first=2
  COMPREPLY=()
  if [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_vtpmd_words | sed 's,[ /].*,,' | uniq) --help --version" -- "$word")
    return
  fi
  if _vtpmd_words | grep -q "^$command/"; then
    if [ "$COMP_CWORD" = 2 ]; then
      mapfile -t COMPREPLY < <(compgen -W "$(_vtpmd_words | sed -n "s,^$command/\([^ ]*\) .*,\1,p" | uniq) --help" -- "$word")
      return
    fi
    command=$command/${COMP_WORDS[2]}
    first=3
  fi
  mapfile -t words < <(_vtpmd_words | sed -n "s,^$command ,,p")
  # '=' is a word of its own for bash.
  for ((i = first; i < COMP_CWORD; i++)); do
    if [ "${COMP_WORDS[i]}" = = ]; then
      continue
    fi
    if [ -n "$previous" ]; then
      if [ "$previous" = --run-dir ]; then
        run_directory=${COMP_WORDS[i]}
      fi
      previous=''
    elif [[ ${COMP_WORDS[i]} == -* ]]; then
      if [ -n "$(_vtpmd_label "${COMP_WORDS[i]}")" ]; then
        previous=${COMP_WORDS[i]}
      fi
    else
      positions=$((positions + 1))
    fi
  done
  if [ "$word" = = ]; then
    word=''
  fi
  if [ -n "$previous" ]; then
    _vtpmd_values "$(_vtpmd_label "$previous")"
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(printf '%s\n' "${words[@]}" | sed -n 's/^\(-[^=]*\).*/\1/p')" -- "$word")
  else
    for label in "${words[@]}"; do
      if [[ $label != -* ]]; then
        arguments+=("$label")
      fi
    done
    _vtpmd_values "${arguments[positions]-}"
  fi
}
complete -F _vtpmd vtpmd
