# Debian packages for scripts, installed only where they are missing and only as root.

# need_packages PACKAGE...
need_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    echo "missing packages, to be installed as root: apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" </dev/null >/dev/null
}

# java_25: prints the home of a JDK 25, looked for where the launchers look too.
java_25() {
  local home
  for home in "${JAVA_HOME-}" /usr/lib/jvm/*; do
    if [ -x "$home/bin/javac" ] && grep -q '^JAVA_VERSION="25[".]' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  return 1
}

# need_java_25: installs one where the machine's package sources have it.
need_java_25() {
  local package
  java_25 >/dev/null && return
  for package in openjdk-25-jdk-headless temurin-25-jdk; do
    if [ "$(id -u)" = 0 ] && apt-cache show "$package" >/dev/null 2>&1; then
      need_packages "$package"
      java_25 >/dev/null && return
    fi
  done
  echo "a JDK 25 is missing, and the package sources of this machine have none: install one, for example Temurin 25," \
    "below /usr/lib/jvm or name it in JAVA_HOME" >&2
  return 1
}
