# shellcheck shell=sh
# Read by the launchers in ../bin: finds a Java 25 and starts a main class with it. They set $self, their own path, and
# $detach, a program through which Java is started, or nothing.
# shellcheck disable=SC2154

is_java_25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            'JAVA_VERSION="25'[!0-9]*) return 0 ;;
        esac
    done <"$1/release"
    return 1
}

# Sets $java: the one that came with vtpmd in $home/runtime, or one of the machine's. Looks at files only: asking a java for
# its version takes longer than starting the program.
find_java() {
    if [ -n "$VTPMD_JAVA" ]; then
        java=$VTPMD_JAVA
        [ -x "$java" ] && [ ! -d "$java" ] && return
        echo "${0##*/}: VTPMD_JAVA=$VTPMD_JAVA is not an executable file" >&2
        exit 1
    fi
    for candidate in "$home/runtime" "${JAVA_HOME:-/nonexistent}" /usr/lib/jvm/*25*; do
        if is_java_25 "$candidate"; then
            java=$candidate/bin/java
            return
        fi
    done
    java=$(command -v java) && java=$(readlink -f -- "$java") && is_java_25 "${java%/bin/java}" && return
    echo "${0##*/}: no Java 25 found: install one under /usr/lib/jvm, or set JAVA_HOME or VTPMD_JAVA" >&2
    exit 1
}

# launch MAIN-CLASS JAVA-OPTION... -- ARGUMENT...
launch() {
    home=$(cd -P -- "${self%/*}/.." && pwd) || exit 1
    find_java
    # Its manifest names the other jars.
    for jar in "$home"/lib/vtpmd-daemon-*.jar; do :; done
    main=$1
    shift
    # What an earlier start loaded and linked; Java leaves it aside if it fits neither itself nor the jars.
    cache=
    [ ! -f "$home/lib/vtpmd.aot" ] || cache=-XX:AOTCache=$home/lib/vtpmd.aot
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    # glibc's default, eight arenas per core, costs memory for nothing here: what is small comes from the threads' own caches.
    export MALLOC_ARENA_MAX=1
    # A core dump would hold the TPMs' secrets. (POSIX has no -c; Debian's and busybox's sh do.) Where a process may not
    # change its limits, whoever has forbidden it has set this one.
    # shellcheck disable=SC3045
    ulimit -c 0 2>/dev/null || :
    # Mapped where it was made for, the cache needs no relocation: half of its pages stay those of the file, the same in all
    # processes and given back when nobody looks at them.
    # Nor may other programs attach to Java (jcmd, jmap).
    # Nor may a crash report show pieces of the stack. Java still says on stdout what happened and where.
    # Looking for leaked buffers, as Netty does in one of 128, is for its tests. Nor need the names of its channels differ from
    # those of other machines, for which it would look through the network interfaces.
    # Netty prefers sun.misc.Unsafe, and without it spends a third of the start on finding something like it.
    # Word splitting is wanted: these are lists of options.
    # shellcheck disable=SC2086
    exec $detach "$java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-UsePerfData -XX:+DisableAttachMechanism -XX:+ExitOnOutOfMemoryError \
        -XX:ErrorFile=/dev/null -Dio.netty.leakDetection.level=disabled -Dio.netty.jfr.enabled=false -Dio.netty.machineId=00:00:00:00:00:00:00:01 -XX:ReservedCodeCacheSize=64m -Xlog:disable -Xlog:all=error,aot=off:stderr $options \
        ${cache:+"$cache"} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "-Djava.library.path=$home/lib" \
        -Dcom.amazon.corretto.crypto.provider.useExternalLib=true "-Dvtpmd.home=$home" $VTPMD_JAVA_OPTIONS -cp "$jar" "$main" "$@"
}
