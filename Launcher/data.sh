# shellcheck shell=bash
# The data directory: what is ours, what is not, and who is using it.
#
#   .drystone        what it is: `kind = demonstration` (and its size), `real`, or `incomplete` during a restore
#   drystone.conf    the server's configuration
#   pg/ s/           the private cluster and its socket
#   keys/ witness/   the server's keys, its copies of signed checkpoints
#   log/ run/        logs, process numbers
#   backups/         backups made before migrations; backup.recipients: whom they are encrypted for

data=      # its absolute path
kind=      # demonstration or real
config=    # the server's configuration
locked=    # set when this process holds the directory
lock_patience=0   # seconds to wait for it

marker_heading='drystone data directory 1'

# Is $1 a directory that Drystone made? Its kind is in `kind`.
is_ours() {
    local heading=
    if [[ ! -f $1/.drystone ]]; then return 1; fi
    { IFS= read -r heading; } <"$1/.drystone" || true
    if [[ $heading != "$marker_heading" ]]; then return 1; fi
    config_value "$1/.drystone" kind
    kind=$REPLY
}

# Names the data directory: an absolute path that a configuration file can hold.
name_data() {
    absolute "$1"
    data=$REPLY
    config=$data/drystone.conf
    if [[ $data == / || $data =~ [[:cntrl:]] || $data == *[\#\'\"\\]* ]]; then
        fail "$data can't be a data directory." "Give --data a plain path, without quotes and #."
    fi
}

# Makes the data directory, or takes the one that is there when it is ours or empty: claim_data KIND.
claim_data() {
    local wanted=$1
    if [[ -d $data ]] && is_ours "$data"; then
        check_owner
        if [[ $kind != "$wanted" ]]; then
            fail "$data holds a $kind partnership; this command is for a $wanted one." "Give another --data."
        fi
        return
    fi
    if [[ -e $data ]] && { [[ ! -d $data ]] || [[ -n $(ls -A "$data") ]]; }; then
        fail "$data exists and was not made by Drystone, so it is left alone." \
            "Give --data an empty or a new directory."
    fi
    kind=$wanted
    make_data
}

make_data() {
    (umask 022 && mkdir -p "$data") || fail "$data can't be made." "$(disk_note "${data%/*}")"
    if ! path_is_open "$data"; then
        rmdir "$data" 2>/dev/null || true
        fail "the user $run_user can't enter $REPLY, so it can't use $data." \
            "Give --data a directory elsewhere, for example --data /var/lib/drystone-$kind."
    fi
    if ((EUID == 0)); then chown "$run_user:" "$data"; fi
    "${run_as[@]}" chmod 700 "$data" || fail "$data does not belong to $run_user."
    "${run_as[@]}" mkdir -p -m 700 "$data/log" "$data/run"
    write_marker
}

write_marker() {
    { printf '%s\nkind = %s\n' "$marker_heading" "$kind" && printf '%s' "${*/%/$'\n'}"; } |
        put_file "$data/.drystone" || fail "$data can't be written." "$(disk_note "$data")"
}

# An existing data directory that other commands work on.
use_data() {
    if [[ ! -d $data ]]; then fail "there is no $data." "Make it with ./drystone demo, setup or restore."; fi
    if [[ ! -x $data || ! -r $data ]]; then
        fail "$data belongs to $(stat -c %U "$data")." "Run this command as $(stat -c %U "$data") or as root."
    fi
    is_ours "$data" || fail "$data was not made by Drystone."
    check_owner
}

check_owner() {
    local owner
    if [[ $kind == incomplete ]]; then
        fail "$data is the remains of a restore that did not end, or did not come out equal." \
            "Remove it and restore again."
    fi
    owner=$(stat -c %U "$data")
    if [[ $owner != "$run_user" ]]; then
        fail "$data belongs to $owner, and the database would run as $run_user." \
            "Run this command as $owner${service_user:+ (root for $service_user)}, or give another --data."
    fi
    if ! path_is_open "$data"; then fail "the user $run_user can't enter $REPLY, so it can't use $data."; fi
}

# The data directory of a configuration file, when it is a private one: 1 when the database is elsewhere.
data_of_config() {
    umask 077
    absolute "$1"
    config=$(readlink -f "$REPLY") || config=$REPLY
    if [[ ! -r $config ]]; then
        if [[ -e $config ]]; then fail "$config can't be read by $(id -un)."; fi
        note "drystone: there is no $config." "Give --config the file that ./drystone setup wrote."
        exit 2
    fi
    if ! is_ours "${config%/*}"; then return 1; fi
    data=${config%/*}
    check_owner
}

# One launcher at a time: 1 when another holds the directory. The lock is on the directory itself and goes
# with the process, however it ends.
lock_data() {
    umask 077
    exec 9<"$data"
    flock --timeout "${lock_patience:-0}" 9 || return 1
    locked=1
    printf '%s\n' "$$" | put_file "$data/run/launcher.pid" 2>/dev/null || true
}

# Holds the data directory or says who does.
must_lock_data() {
    if lock_data; then return; fi
    local pid='' who=
    pid=$(cat "$data/run/launcher.pid" 2>/dev/null) || true
    if [[ -n $pid && -d /proc/$pid ]]; then who=" (process $pid)"; fi
    fail "another drystone$who is using $data." "${1:-Stop it first (Ctrl-C there, or systemctl stop drystone).}"
}

# Removes everything that a demonstration made.
empty_data() {
    is_ours "$data" || fail "$data was not made by Drystone, so it is left alone."
    if [[ $kind != demonstration ]]; then fail "$data holds a $kind partnership; --reset is for demonstrations."; fi
    # The marker goes last, so that an interrupted reset can be repeated.
    "${run_as[@]}" find "$data" -mindepth 1 -maxdepth 1 ! -name .drystone -exec rm -rf {} +
    "${run_as[@]}" mkdir -p -m 700 "$data/log" "$data/run"
    write_marker
}

# Writes the configuration of a private partnership: write_config PORT PUBLIC-URL ASSETS.
write_config() {
    socket_place
    {
        printf '# Configuration of one Drystone server: name = value, a line each.\n'
        if [[ $kind == demonstration ]]; then printf '# Written anew whenever the demonstration starts.\n'; fi
        printf 'listen = 127.0.0.1:%s\nmetrics = 127.0.0.1:%s\n' "$1" "${4:-0}"
        printf 'public_url = %s\n' "$2"
        printf 'database = host=%s dbname=%s\n' "$socket" "$database"
        printf 'keys = %s/keys\nwitness = %s/witness\nassets = %s\n' "$data" "$data" "$3"
        printf 'exit_url = https://www.bbc.co.uk/weather\n'
        if [[ $kind == demonstration ]]; then
            printf 'demonstration = true\n'
        elif [[ $2 == https://* ]]; then
            printf '# Visitors come through the reverse proxy of Deploy/nginx.conf, which says who they are.\n'
            printf 'behind_proxy = true\n'
        fi
    } | put_file "$config" || fail "$config can't be written." "$(disk_note "$data")"
}
