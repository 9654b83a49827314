#!/usr/bin/env bash
# smoke.sh HASHIYA: the real window opens on the demo project, shows something, labels a word by one key and undoes it.
set -euo pipefail
HASHIYA=$(realpath "$1")
cd "$(dirname "$0")/../.."
source tests/xvfb/window.sh
need_tools
SCRATCH=$(mktemp -d)
PICTURES=${PICTURES:-$SCRATCH}
export HASHIYA_DATA_DIR=$SCRATCH/data
trap clean_up EXIT
fail() {
    echo "$1" >&2
    exit 1
}

"$HASHIYA" demo "$SCRATCH/demo" 2>/dev/null

# Without a display: one sentence and exit code 3.
code=0
env -u DISPLAY -u WAYLAND_DISPLAY -u WAYLAND_SOCKET "$HASHIYA" "$SCRATCH/demo" >"$SCRATCH/none.out" 2>"$SCRATCH/none.err" || code=$?
cat "$SCRATCH/none.err"
[ "$code" -eq 3 ] || fail "without a display the exit code is $code, not 3"
[ "$(wc -l <"$SCRATCH/none.err")" -eq 1 ] || fail "without a display the program says more or less than one line"

# With one: a window and a picture in it.
start_display 1440x900
start_window "$SCRATCH/demo"
shot smoke
is_drawn "$PICTURES/smoke.png" || fail "the window is blank"

# A word becomes a mention by one key, and undo takes it back.
before=$(mentions "$SCRATCH/demo")
keys Escape ctrl+End ctrl+Right 1
settle 1
shot smoke-labelled
after=$(mentions "$SCRATCH/demo")
echo "mentions: $before before the key, $after after it"
[ "$after" -eq $((before + 1)) ] || fail "the label key made $((after - before)) mentions, not 1"
keys ctrl+z
settle 1
[ "$(mentions "$SCRATCH/demo")" -eq "$before" ] || fail "undo did not take the mention back"
crash_window
"$HASHIYA" check "$SCRATCH/demo" || [ $? -eq 1 ]
