# shellcheck shell=bash
# Who runs the database and the server: the system user `drystone` when root starts us, else whoever did.

service_user=drystone
run_as=()     # the words that put a command under the run user
run_user=     # its name
# Not in a backtrace, which would show what was in memory. Files on their way in and out are blocks of 10 MB and more:
# freed, they go back to the system, where glibc would learn from the first that such blocks are usual and keep them.
server_setting=(SWIFT_BACKTRACE=enable=no MALLOC_MMAP_THRESHOLD_=1048576)

# Sets run_user and run_as, and makes the system user when root needs it.
choose_run_user() {
    if ((EUID != 0)); then
        run_user=$(id -un)
        export "${server_setting[@]}"
        return
    fi
    run_user=$service_user
    if ! getent passwd "$run_user" >/dev/null; then
        useradd --system --user-group --home-dir /var/lib/drystone --no-create-home \
            --shell /usr/sbin/nologin "$run_user" || fail "the system user $run_user could not be made."
    fi
    local name kept=()
    for name in "${!DRYSTONE_@}" TZ DATABASE_URL; do
        if [[ -n ${!name-} ]]; then kept+=("$name=${!name}"); fi
    done
    run_as=(env -i "PATH=/usr/local/bin:/usr/bin:/bin" LANG=C.UTF-8 HOME=/nonexistent
        "USER=$run_user" "LOGNAME=$run_user" "${server_setting[@]}" "${kept[@]}"
        setpriv "--reuid=$run_user" "--regid=$run_user" --init-groups --inh-caps=-all
        --bounding-set=-all --no-new-privs --)
}

# Can the run user enter each folder on the way to $1? The first that it can't is in REPLY.
path_is_open() {
    local path=$1 parents=() at
    while [[ $path != / ]]; do
        path=${path%/*}
        path=${path:-/}
        parents=("$path" "${parents[@]}")
    done
    for at in "${parents[@]}"; do
        if [[ -e $at ]] && ! "${run_as[@]}" test -x "$at"; then
            REPLY=$at
            return 1
        fi
    done
}

# Writes standard input to a file as the run user, whole or not at all; nobody else can read it.
put_file() {
    # shellcheck disable=SC2016
    "${run_as[@]}" sh -c 'umask 077; cat >"$1.new" && mv -f "$1.new" "$1"' sh "$1"
}
