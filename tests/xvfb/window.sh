# Functions that drive the real window on a display of its own. Sourced by drive.sh and by the checks of the package.
#
# Needs: Xvfb, xdotool, ImageMagick (import, convert), a software GL. Sets: APP_PID, WINDOW, DISPLAY.

need_tools() {
    local missing=() libraries
    libraries=$(ldconfig -p)
    command -v Xvfb >/dev/null || missing+=(xvfb)
    command -v xdotool >/dev/null || missing+=(xdotool)
    command -v import >/dev/null || missing+=(imagemagick)
    command -v xclip >/dev/null || missing+=(xclip)
    grep -q 'libGL\.so' <<<"$libraries" || missing+=(libgl1)
    grep -q 'libEGL\.so' <<<"$libraries" || missing+=(libegl1)
    grep -q 'libxkbcommon-x11\.so' <<<"$libraries" || missing+=(libxkbcommon-x11-0)
    grep -q 'libXcursor\.so' <<<"$libraries" || missing+=(libxcursor1)
    grep -q 'libXi\.so' <<<"$libraries" || missing+=(libxi6)
    grep -q 'libXrandr\.so' <<<"$libraries" || missing+=(libxrandr2)
    compgen -G '/usr/lib/*/dri/swrast_dri.so' >/dev/null || compgen -G '/usr/lib/*/libgallium*.so' >/dev/null ||
        missing+=(libgl1-mesa-dri)
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "installing: ${missing[*]}"
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# start_display WIDTHxHEIGHT: a display of our own, whatever others run.
start_display() {
    local number
    Xvfb -displayfd 3 -screen 0 "$1x24" +extension GLX -nolisten tcp -noreset 3>"$SCRATCH/display" 2>/dev/null &
    XVFB_PID=$!
    for _ in $(seq 100); do
        number=$(cat "$SCRATCH/display" 2>/dev/null || true)
        [ -n "$number" ] && break
        sleep 0.1
    done
    [ -n "$number" ] || { echo "Xvfb did not start" >&2; return 1; }
    export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1
    unset WAYLAND_DISPLAY
}

stop_display() {
    [ -n "${XVFB_PID:-}" ] && kill "$XVFB_PID" 2>/dev/null
    XVFB_PID=
}

# start_window ARGUMENT...: the program, until its window can be seen.
start_window() {
    "$HASHIYA" "$@" >"$SCRATCH/window.out" 2>&1 &
    APP_PID=$!
    WINDOW=
    for _ in $(seq 300); do
        WINDOW=$(xdotool search --onlyvisible --pid "$APP_PID" 2>/dev/null | tail -n 1 || true)
        [ -n "$WINDOW" ] && break
        kill -0 "$APP_PID" 2>/dev/null || { echo "the program ended:" >&2; cat "$SCRATCH/window.out" >&2; return 1; }
        sleep 0.1
    done
    [ -n "$WINDOW" ] || { echo "no window after 30 s" >&2; return 1; }
    xdotool windowfocus --sync "$WINDOW" 2>/dev/null || xdotool windowfocus "$WINDOW"
    settle 1
}

# resize_window WIDTH HEIGHT
resize_window() {
    xdotool windowmove "$WINDOW" 0 0 windowsize "$WINDOW" "$1" "$2"
    settle 0.6
}

# Ends the window as a crash would.
crash_window() {
    kill -9 "$APP_PID" 2>/dev/null || true
    wait "$APP_PID" 2>/dev/null || true
    APP_PID=
}

# Ends the window as a person would, or as a session manager would where there is no window manager.
close_window() {
    xdotool key ctrl+q
    for _ in $(seq 50); do
        kill -0 "$APP_PID" 2>/dev/null || { APP_PID=; return 0; }
        sleep 0.1
    done
    kill "$APP_PID" 2>/dev/null || true
    wait "$APP_PID" 2>/dev/null || true
    APP_PID=
}

# keys KEY...: one after the other, each in a frame of its own.
keys() {
    local key
    for key in "$@"; do
        xdotool key --clearmodifiers "$key"
        sleep "${KEY_DELAY:-0.06}"
    done
}

settle() { sleep "${1:-0.4}"; }

# shot NAME: a picture of the window into $PICTURES.
shot() {
    settle 0.4
    import -window "$WINDOW" "$PICTURES/$1.png"
}

# is_drawn FILE: whether a picture holds more than a plain ground.
is_drawn() {
    [ "$(convert "$1" -format %k info:)" -gt 60 ]
}

# mentions DIR: how many mentions the project holds.
mentions() {
    "$HASHIYA" show "$1" --json | grep -o '"mentions": *[0-9]*' | awk -F: '{ sum += $2 } END { print sum + 0 }'
}

clean_up() {
    [ -n "${APP_PID:-}" ] && kill -9 "$APP_PID" 2>/dev/null
    stop_display
    [ -n "${SCRATCH:-}" ] && rm -rf "$SCRATCH"
}
