# shellcheck shell=bash
# What every room uses: words to the reader, options, rooms, and the choice of command.
# `home` (this folder's parent) and `started_in` come from the entry script.

rooms_entered=" common "

# Reads rooms of the launcher, each once.
enter() {
    local room
    for room in "$@"; do
        if [[ $rooms_entered != *" $room "* ]]; then
            rooms_entered+="$room "
            # shellcheck disable=SC1090
            . "$home/Launcher/$room.sh"
        fi
    done
}

# A command that failed where nobody expected it is at least named.
set -E
trap 'note "drystone: \"${BASH_COMMAND%%[[:space:]]*}\" failed (${BASH_SOURCE[0]##*/}:$LINENO)."' ERR

# One line to the reader, on standard error, so that standard output stays clean.
note() { printf '%s\n' "$@" >&2 || true; }

# Progress, shown on a terminal only.
progress() { if [[ -t 2 ]]; then note "$@"; fi; }

# It ran, and the answer is no: what is wrong, then what to do next, a line each.
fail() {
    note "drystone: $1" "${@:2}"
    exit 1
}

# The command was not understood.
wrong_usage() {
    note "drystone: $1" "Try: ./drystone ${command_name:+$command_name }--help"
    exit 2
}

# Splits --name=value into two words; the result is in `words`.
split_options() {
    local word plain=
    words=()
    for word in "$@"; do
        if [[ -z $plain && $word == --?*=* ]]; then
            words+=("${word%%=*}" "${word#*=}")
        else
            [[ $word != -- ]] || plain=1
            words+=("$word")
        fi
    done
}

# Checks that an option has its value: need_value NAME "${@:2}".
need_value() {
    if (($# < 2)) || [[ -z $2 || $2 == --* ]]; then wrong_usage "$1 needs a value."; fi
}

# A TCP port, or 0.
is_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 < 65536)); }

# An absolute path, without asking that it exists.
absolute() {
    if [[ $1 == /* ]]; then REPLY=$1; else REPLY=$started_in/$1; fi
    REPLY=$(realpath -ms -- "$REPLY")
}

# The value of `name = value` in a configuration file, in REPLY; empty when it has none.
config_value() {
    local line name
    REPLY=
    while IFS= read -r line || [[ -n $line ]]; do
        if [[ $line =~ ^[[:space:]]*([a-z_]+)[[:space:]]*=[[:space:]]*(.*)$ ]]; then
            name=${BASH_REMATCH[1]}
            if [[ $name == "$2" ]]; then REPLY=${BASH_REMATCH[2]}; fi
        fi
    done <"$1"
    REPLY=${REPLY%"${REPLY##*[![:space:]]}"}
}

version() { read -r REPLY <"$home/VERSION"; }

help_all() {
    version
    cat <<TEXT
Drystone $REPLY: casework for a partnership, with its own private database.

  ./drystone demo          an invented partnership on this machine, ready to sign in
  ./drystone setup         a real one: its database, keys and configuration
  ./drystone serve         serves a real one
  ./drystone create-admin  makes its first administrator
  ./drystone renew         prints a new link for a lost device, where one administrator is alone
  ./drystone migrate       brings its database to this release, after a backup
  ./drystone backup        writes an encrypted backup
  ./drystone restore       makes a new data directory from a backup and compares the two
  ./drystone doctor        says in plain words what is missing or wrong
  ./drystone audit         exports the audit trail, verifies an export offline
  ./drystone vault         rotates the keys of the vault
  ./drystone retention     deletes records that two people agreed to delete
  ./drystone totp SECRET   prints the current six-digit code of a secret
  ./drystone bench         measures against the limits
  ./drystone test          runs every test
  ./drystone link | encode | protect | capacity | prevalence | assessment
                           evidence tools that need no server

Each has --help. Exit codes: 0 done, 1 it ran and the answer is no, 2 not understood.
TEXT
}

# Chooses the room for a command.
main() {
    command_name=${1-}
    case $command_name in
        '' | help | --help | -h)
            command_name=
            help_all
            if (($# == 0)); then exit 2; fi
            return
            ;;
        demo | setup | serve | migrate | backup | restore | doctor | test | bench) enter "$command_name" ;;
        create-admin | renew | audit | vault | retention | breach-list | totp | --version) enter through ;;
        link | encode | protect | capacity | prevalence | assessment) enter tools ;;
        *)
            local unknown=$command_name
            command_name=
            wrong_usage "there is no command \"$unknown\"."
            ;;
    esac
    split_options "${@:2}"
    case $command_name in
        create-admin | renew | audit | vault | retention | breach-list | totp | --version) room_through "${words[@]}" ;;
        link | encode | protect | capacity | prevalence | assessment) room_tools "${@:2}" ;;
        *) "room_$command_name" "${words[@]}" ;;
    esac
}
