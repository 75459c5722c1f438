# shellcheck shell=bash
# From sources to a release: a folder with the binary, its resources, the assets, the helpers and the launcher,
# named VERSION-HASH after what it was made from. Root's stand in /opt/drystone, a user's in .build/releases.

server=        # the server's binary
assets=        # the fingerprinted assets
release=       # the folder of both
releases=      # the folder of releases

made_from=(Package.swift VERSION Sources Assets Helpers Launcher Deploy drystone)

# Sets server, assets and release; builds first when the sources have changed.
ensure_built() {
    choose_releases
    if [[ -n ${DRYSTONE_SERVER_BINARY-} ]]; then
        use_given_binary
    elif [[ -e $home/RELEASE ]]; then
        use_release "$home"
    else
        local stamp=$home/.build/drystone.stamp name known=
        if [[ -r $stamp ]]; then
            { read -r name; IFS= read -r -d '' known; } <"$stamp" || true
            list_sources
            if [[ $known == "$REPLY" && -x $releases/$name/drystone-server ]]; then
                use_release "$releases/$name"
                complete_helpers
                return
            fi
        fi
        make_release "$stamp"
        complete_helpers
    fi
}

choose_releases() {
    if [[ -e $home/RELEASE ]]; then
        releases=${home%/*}
    elif ((EUID == 0)); then
        releases=/opt/drystone
    else
        releases=$home/.build/releases
    fi
}

# A release that was made without a helper gets it once its package is at hand.
complete_helpers() {
    local item
    if [[ -z ${DRYSTONE_WHEELS-} || -z $release || -e $home/RELEASE ]]; then return; fi
    if [[ -e $release/pdf && -e $release/sheet ]]; then return; fi
    build_helpers
    for item in pdf sheet; do
        if [[ -e $release/$item || ! -d $home/.build/$item ]]; then continue; fi
        rm -rf "$release/$item.new"
        cp -r "$home/.build/$item" "$release/$item.new"
        chmod -R u=rwX,go=rX "$release/$item.new"
        mv "$release/$item.new" "$release/$item"
    done
}

# Tests run the launcher with a binary of their own.
use_given_binary() {
    absolute "$DRYSTONE_SERVER_BINARY"
    server=$REPLY
    [[ -x $server ]] || fail "DRYSTONE_SERVER_BINARY names $server, which can't be run."
    assets=${DRYSTONE_ASSETS-}
    if [[ -z $assets ]]; then assets=${server%/*}/assets; fi
    release=
}

use_release() {
    release=$1
    server=$release/drystone-server
    assets=$release/assets
}

# Names, sizes and times of everything a release is made from, in REPLY: a quick answer to "has anything changed?"
list_sources() {
    local present=() name
    for name in "${made_from[@]}"; do
        if [[ -e $home/$name ]]; then present+=("$home/$name"); fi
    done
    REPLY=$(find "${present[@]}" -name __pycache__ -prune -o -type f -printf '%p %s %T@\n')
    REPLY+=" $MACHTYPE"$'\n'
}

# What they contain, in REPLY: twelve hexadecimal digits that name the release.
hash_sources() {
    local present=() name
    for name in "${made_from[@]}"; do
        if [[ -e $home/$name ]]; then present+=("$name"); fi
    done
    REPLY=$(cd "$home" && find "${present[@]}" -name __pycache__ -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | { cat; printf '%s\n' "$MACHTYPE"; } | sha256sum)
    REPLY=${REPLY:0:12}
}

make_release() {
    local stamp=$1 listing name
    mkdir -p "$home/.build" 2>/dev/null || true
    [[ -w $home/.build ]] ||
        fail "$home/.build can't be written by $(id -un)." "Work in a copy of your own, or start as its owner."
    list_sources
    listing=$REPLY
    hash_sources
    name=$REPLY
    version
    name=$REPLY-$name
    if [[ ! -x $releases/$name/drystone-server ]]; then
        build_server
        build_assets
        build_helpers
        place_release "$releases/$name" "$built"
        remove_old_releases "$name"
    fi
    printf '%s\n%s' "$name" "$listing" >"$stamp.new"
    mv -f "$stamp.new" "$stamp"
    use_release "$releases/$name"
}

# Builds the release; the folder of its binary is in `built`.
build_server() {
    ensure_swift
    local flags=(-c release) log=$home/.build/drystone-build.log toolchain
    toolchain=$(readlink -f "$(command -v swift)")
    if [[ -d ${toolchain%/bin/*}/lib/swift_static ]]; then flags+=(--static-swift-stdlib); fi
    progress "Building (the first time takes some minutes on two cores)."
    run_build "$log" "${flags[@]}" --product drystone-server
    if grep -q '"drystone-tools"' "$home/Package.swift"; then
        run_build "$log" "${flags[@]}" --product drystone-tools
    fi
    built=$(cd "$home" && swift build "${flags[@]}" --show-bin-path)
}

# swift build, shown on a terminal, kept in a log otherwise.
run_build() {
    local log=$1 status=0
    shift
    if [[ -t 2 ]]; then
        (cd "$home" && swift build "$@") >&2 || status=$?
    else
        (cd "$home" && swift build "$@") >"$log" 2>&1 || status=$?
    fi
    if ((status == 0)); then return; fi
    if [[ ! -t 2 ]]; then grep -E 'error:|No space left' "$log" >&2 || tail -n 20 "$log" >&2; fi
    fail "the build failed." "$(disk_note "$home/.build")"
}

# A checksum of all files in these places of the project, in REPLY.
checksum_of() {
    REPLY=$(cd "$home" && find "$@" -name __pycache__ -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

# Makes the fingerprinted assets in .build/assets when Assets, Helpers/assets or a licence changed.
build_assets() {
    local into=$home/.build/assets maker=$home/Helpers/assets/prepare.py hash wheels=()
    if [[ ! -e $maker ]]; then
        mkdir -p "$into"
        return
    fi
    checksum_of Helpers/assets Helpers/pdf/LICENCES.txt Helpers/sheet/LICENCES.txt Assets
    hash=$REPLY
    if [[ -d $into && -e $into.stamp && $(<"$into.stamp") == "$hash" ]]; then return; fi
    progress "Making the assets."
    rm -rf "$into.new"
    mkdir -p "$into.new"
    if [[ -n ${DRYSTONE_WHEELS-} ]]; then wheels=(--wheels "$DRYSTONE_WHEELS"); fi
    make_python
    if ! "$python" -B "$maker" "$into.new" "${wheels[@]}" >"$home/.build/drystone-assets.log" 2>&1; then
        tail -n 15 "$home/.build/drystone-assets.log" >&2
        fail "the assets could not be made." \
            "They come from the Python package index. Without it, put the packages that" \
            "Helpers/assets/requirements.txt names into a folder and set DRYSTONE_WHEELS to it."
    fi
    rm -rf "$into"
    mv "$into.new" "$into"
    printf '%s\n' "$hash" >"$into.stamp"
}

# Makes the environments of the helpers for PDF files and for workbooks in .build when they changed. Without them packs
# are printed from a page and agencies send CSV: that one can't be made stops nothing.
build_helpers() {
    build_helper pdf "PDF files can't be made here" "Packs can be printed."
    build_helper sheet "workbooks can't be read here" "CSV files can."
}

# build_helper NAME WITHOUT INSTEAD
build_helper() {
    local into=$home/.build/$1 from=$home/Helpers/$1 hash wheels=()
    if [[ ! -e $from ]]; then return; fi
    checksum_of "Helpers/$1" Helpers/confine.py
    hash=$REPLY
    if [[ -d $into && -e $into.stamp && $(<"$into.stamp") == "$hash" ]]; then return; fi
    progress "Making the helper \"$1\"."
    rm -rf "$into" "$into.stamp" "$into.new"
    if [[ -n ${DRYSTONE_WHEELS-} ]]; then wheels=(--no-index --find-links "$DRYSTONE_WHEELS"); fi
    make_python
    # Without pip of its own: it holds one package and our script, and can be moved.
    if /usr/bin/python3 -m venv --without-pip "$into.new" >&2 &&
        "$python" -m pip --quiet --disable-pip-version-check --python "$into.new/bin/python" install --no-deps \
            --require-hashes --only-binary :all: --no-compile "${wheels[@]}" \
            --requirement "$from/requirements.txt" >"$home/.build/drystone-$1.log" 2>&1; then
        cp "$home/Helpers/confine.py" "$from"/*.py "$into.new/"
        find "$from" -name '*.typ' -exec cp -t "$into.new" {} +
        mv "$into.new" "$into"
        printf '%s\n' "$hash" >"$into.stamp"
        return
    fi
    rm -rf "$into.new"
    note "$2: the package that Helpers/$1/requirements.txt names could not be fetched." \
        "$3 Put it into a folder, set DRYSTONE_WHEELS to that and start again."
}

# A Python with pip, apart from the system's: `python`.
make_python() {
    python=$home/.build/python/bin/python
    if "$python" -m pip --version >/dev/null 2>&1; then return; fi
    rm -rf "$home/.build/python"
    /usr/bin/python3 -m venv "$home/.build/python" >&2 || fail "a Python environment could not be made." \
        "$(disk_note "$home/.build")"
}

# Copies a build to its place, whole or not at all: place_release TARGET BUILD-FOLDER.
place_release() {
    local target=$1 from=$2 partial=$1.partial.$$ item
    progress "Installing into $target."
    mkdir -p "$partial"
    {
        cp "$from/drystone-server" "$partial/"
        if [[ -x $from/drystone-tools ]]; then cp "$from/drystone-tools" "$partial/"; fi
        for item in "$from"/*.resources; do
            if [[ -e $item ]]; then cp -r "$item" "$partial/"; fi
        done
        # Without what only a debugger reads, it is two thirds of the size.
        strip --strip-debug "$partial"/drystone-server 2>/dev/null || true
        copy_swift_libraries "$from/drystone-server" "$partial"
        cp -r "$home/.build/assets" "$partial/assets"
        for item in pdf sheet; do
            if [[ -d $home/.build/$item ]]; then cp -r "$home/.build/$item" "$partial/"; fi
        done
        for item in Helpers Launcher Deploy drystone VERSION; do
            if [[ -e $home/$item ]]; then cp -r "$home/$item" "$partial/"; fi
        done
        find "$partial" -name __pycache__ -prune -exec rm -rf {} +
        printf '%s\n' "${target##*/}" >"$partial/RELEASE"
        chmod -R u=rwX,go=rX "$partial"
    } || fail "the release could not be copied to $target." "$(disk_note "${target%/*}")"
    rm -rf "$target"
    mv "$partial" "$target"
    if ((EUID == 0)); then chmod go=rx "$releases"; fi
}

# A build without the static library takes the toolchain's shared ones with it.
copy_swift_libraries() {
    local name arrow path rest
    while read -r name arrow path rest; do
        if [[ $arrow == '=>' && $path == */lib/swift/* ]]; then cp -L "$path" "$2/"; fi
    done < <(ldd "$1" 2>/dev/null || true)
}

# Keeps the three newest releases, the one in `current`, and any that a process still runs from.
remove_old_releases() {
    local keep=" $1 " path name kept=0
    if [[ -L $releases/current ]]; then
        path=$(readlink -f "$releases/current")
        keep+="${path##*/} "
    fi
    keep+=$(find /proc -maxdepth 2 -name exe -printf '%l\n' 2>/dev/null | sed -n "s|^$releases/\([^/]*\)/.*|\1|p" |
        tr '\n' ' ') || true
    while read -r name; do
        kept=$((kept + 1))
        if ((kept > 3)) && [[ $keep != *" $name "* ]]; then rm -rf "${releases:?}/$name"; fi
    done < <(cd "$releases" && find . -mindepth 1 -maxdepth 1 -type d -printf '%T@ %P\n' | sort -rn | cut -d' ' -f2)
}

# Makes this release the one that the service runs.
make_current() {
    if [[ -z $release ]]; then return; fi
    if [[ -L $releases/current && $(readlink -f "$releases/current") == "$release" ]]; then return; fi
    ln -sfn "${release##*/}" "$releases/current.new"
    mv -fT "$releases/current.new" "$releases/current"
}

# A sentence about the disk under $1 when it is nearly full; else a hint to look above.
disk_note() {
    local free
    free=$(df -Pm "$1" 2>/dev/null | awk 'NR == 2 { print $4 }')
    if [[ -n $free ]] && ((free < 200)); then
        printf 'The disk under %s is full: %s MB are left. Free some space and start again.' "$1" "$free"
    else
        printf 'The lines above say why.'
    fi
}
