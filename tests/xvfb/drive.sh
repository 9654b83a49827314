#!/usr/bin/env bash
# drive.sh ARTICLE TARGETS FOLDER [HASHIYA]: the whole job in the real window, by keys alone and again by mouse.
#
# Makes a project of ARTICLE, labels what TARGETS lists, undoes all, redoes all, kills the program, opens the project
# again and compares what it holds. Pictures go into FOLDER.
#
# A target is a line `LABEL N HOW QUOTE`: QUOTE is what must be stored, N its occurrence in the article (from 0).
# HOW says how it is selected: `word` presses the label key at the caret and takes what the program suggests,
# `words:K` selects K whole words, `letters:K` presses Shift+Left K times: from the start of a number in Arabic text, where the
# caret stands at its left, one press goes over the number, a second one over its percent sign.
set -euo pipefail
ARTICLE=$(realpath "$1")
TARGETS=$(realpath "$2")
PICTURES=$(mkdir -p "$3" && realpath "$3")
HASHIYA=$(realpath "${4:-target/release/hashiya}")
cd "$(dirname "$0")/../.."
source tests/xvfb/window.sh
need_tools
SCRATCH=$(mktemp -d)
export HASHIYA_DATA_DIR=$SCRATCH/data
trap clean_up EXIT

# Tall enough for the whole article, so that nothing scrolls while targets are looked for.
WIDTH=1440 HEIGHT=${HEIGHT:-1960}
PROJECT=$SCRATCH/project
# Between the events of one gesture: longer than a frame, also on a busy machine that draws in software.
PAUSE_S=${PAUSE_S:-0.2}

fail() {
    shot failed || true
    echo "FAILED: $1" >&2
    exit 1
}

key_of() {
    case $1 in
    PER) echo 1 ;; ORG) echo 2 ;; GPE) echo 3 ;; LOC) echo 4 ;; FAC) echo 5 ;; NORP) echo 6 ;;
    ROLE) echo 7 ;; EVENT) echo 8 ;; TIME) echo 9 ;; NUM) echo 0 ;; WORK) echo minus ;;
    esac
}

# The fill of a label in focus: 18 % of its light colour on white.
fill_of() {
    local hex
    hex=$(grep -A 12 "id: \"$1\"" assets/schemes/news.ron | grep -o 'light: "#[0-9A-Fa-f]*"' | head -n 1 | grep -o '[0-9A-Fa-f]\{6\}')
    printf '#%02x%02x%02x' $(((0x${hex:0:2} * 18 + 255 * 82 + 50) / 100)) $(((0x${hex:2:2} * 18 + 255 * 82 + 50) / 100)) \
        $(((0x${hex:4:2} * 18 + 255 * 82 + 50) / 100))
}

# box_of FILL [TOP HEIGHT]: where the fill stands on the page, as "left top right bottom" in the window. Panels and the strip
# hold chips that blend into the same colour, and so do the edges of letters and lanes: only the largest areas count.
box_of() {
    local left=265 top=${2:-84} height=${3:-$((HEIGHT - 170))}
    convert "$SCRATCH/now.png" -alpha off -crop "$((WIDTH - 345 - left))x$height+$left+$top" +repage -fuzz 1.2% \
        -fill '#ff00ff' -opaque "$1" -fuzz 0% -fill black +opaque '#ff00ff' \
        -define connected-components:verbose=true -connected-components 8 null: |
        awk -v x=$left -v y="$top" '$5 ~ /255/ || $5 == "magenta" {
            split($2, box, /[x+]/); area = $4
            if (area > most) most = area
            at[++n] = area " " box[3] " " box[4] " " box[3] + box[1] " " box[4] + box[2]
        }
        END {
            for (i = 1; i <= n; i++) {
                split(at[i], b, " ")
                if (b[1] < most / 4) continue
                if (l == "" || b[2] < l) l = b[2]
                if (t == "" || b[3] < t) t = b[3]
                if (b[4] > r) r = b[4]
                if (b[5] > d) d = b[5]
            }
            print l + x, t + y, r + x, d + y
        }'
}

now() {
    settle 0.35
    import -window "$WINDOW" "$SCRATCH/now.png"
}

# What the project holds, without ids and times: spans and label of each mention.
stored() {
    "$HASHIYA" show "$PROJECT" "$NAME" --json | grep -o '"spans":[][0-9,]*,"label":"[A-Z]*"' | sort
}

count() { mentions "$PROJECT"; }

# Byte where the n-th QUOTE begins.
byte_of() {
    LC_ALL=C grep -obF -- "$2" "$ARTICLE" | sed -n "$(($1 + 1))p" | cut -d: -f1
}

# Words that Ctrl + arrows stop at, "start end" each: those of paragraphs that are not left out.
words() {
    local json left_out
    json=$("$HASHIYA" inspect "$ARTICLE" --json)
    left_out=$(grep -o '{"kind"[^}]*"include":false' <<<"$json" | sed 's/.*"start":\([0-9]*\),"end":\([0-9]*\).*/\1 \2/')
    sed 's/.*"words":\[\[\([^a-z]*\)\]\].*/\1/; s/\],\[/\n/g; s/,/ /g' <<<"$json" |
        awk -v out="$left_out" 'BEGIN { n = split(out, o, /[ \n]/) }
            { skip = 0; for (i = 1; i < n; i += 2) if ($1 >= o[i] && $1 < o[i + 1]) skip = 1; if (!skip) print $1, $2 }'
}

repeat() { # COUNT KEY
    local keys=() n
    for ((n = 0; n < $1; n++)); do keys+=("$2"); done
    [ "$1" -eq 0 ] || xdotool key --clearmodifiers --delay "${STEP_MS:-50}" "${keys[@]}"
    settle 0.1
}

open_window() {
    start_window "$PROJECT"
    resize_window $WIDTH "$HEIGHT"
    settle 1
    keys Escape Escape
}

# by_keys LABEL N HOW QUOTE
by_keys() {
    local at index
    at=$(byte_of "$2" "$4")
    [ -n "$at" ] || fail "the article does not hold $4 $(($2 + 1)) times"
    index=$(awk -v at="$at" '$1 <= at { n = NR } END { print n }' "$SCRATCH/words")
    keys Escape Escape ctrl+Home
    repeat "$index" ctrl+Left
    keys ctrl+Right
    case $3 in
    word) ;;
    words:*) repeat "${3#words:}" ctrl+shift+Left ;;
    letters:*) repeat "${3#letters:}" shift+Left ;;
    esac
    keys "$(key_of "$1")"
}

# by_mouse LABEL N HOW QUOTE BOX: double-click for one word, with a shift-click at the end for letters beside it, drag for
# more. A box of two lines is dragged from the start of the first to the end of the second.
by_mouse() {
    local left=$5 top=$6 right=$7 bottom=$8
    keys Escape Escape
    if [ "$3" = word ]; then
        xdotool mousemove --window "$WINDOW" $(((left + right) / 2)) $(((top + bottom) / 2)) click --repeat 2 --delay 60 1
    elif [[ $3 = letters:* ]]; then
        xdotool mousemove --window "$WINDOW" $((right - (right - left) / 5)) $(((top + bottom) / 2)) click --repeat 2 --delay 60 1
        settle "$PAUSE_S"
        xdotool mousemove --window "$WINDOW" $((left + 1)) $(((top + bottom) / 2)) keydown shift click 1 keyup shift
    else
        local first second
        if [ $((bottom - top)) -gt 70 ]; then
            first=($9)
            second=(${10})
        else
            first=("$left" "$top" "$right" "$bottom")
            second=("${first[@]}")
        fi
        local y1=$(((first[1] + first[3]) / 2)) y2=$(((second[1] + second[3]) / 2))
        xdotool mousemove --window "$WINDOW" $((first[2] - 1)) $y1
        settle "$PAUSE_S"
        xdotool mousedown 1
        settle "$PAUSE_S"
        xdotool mousemove --window "$WINDOW" $(((first[2] + second[0]) / 2)) $(((y1 + y2) / 2))
        settle "$PAUSE_S"
        xdotool mousemove --window "$WINDOW" $((second[0] + 1)) $y2
        settle "$PAUSE_S"
        xdotool mouseup 1
    fi
    settle "$PAUSE_S"
    keys "$(key_of "$1")"
    settle 0.45
}

undo_and_redo_all() {
    local total=$1 n
    for ((n = 0; n < total; n++)); do keys ctrl+z; done
    settle 1
    [ "$(count)" -eq 0 ] || fail "after undoing all, $(count) mentions are left"
    for ((n = 0; n < total; n++)); do keys ctrl+shift+z; done
    settle 1
    [ "$(count)" -eq "$total" ] || fail "after redoing all there are $(count) mentions, not $total"
}

# Every quote that was asked for is stored with its label, at its place.
check_targets() {
    local label n how quote found start end
    found=$(stored)
    while read -r label n how quote; do
        # `show` counts code points.
        start=$(head -c "$(byte_of "$n" "$quote")" "$ARTICLE" | LC_ALL=C.UTF-8 wc -m)
        end=$((start + $(printf %s "$quote" | LC_ALL=C.UTF-8 wc -m)))
        grep -qF "\"spans\":[[$start,$end]],\"label\":\"$label\"" <<<"$found" ||
            fail "$1: $label $quote at $start is not stored; stored are: $found"
    done <"$TARGETS"
}

"$HASHIYA" new "$PROJECT" --annotator ann-01
"$HASHIYA" import "$PROJECT" "$ARTICLE"
NAME=$("$HASHIYA" show "$PROJECT" --json | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4)
words >"$SCRATCH/words"
TOTAL=$(wc -l <"$TARGETS")
# Wide enough for the picture at twice the density.
start_display 2048x"$HEIGHT"

echo "== by keys: $TOTAL mentions"
open_window
shot article
n=0
while read -r label nth how quote; do
    by_keys "$label" "$nth" "$how" "$quote" </dev/null
    n=$((n + 1))
    # A busy machine may take a while to draw what was stored.
    for _ in $(seq 10); do
        now
        box=$(box_of "$(fill_of "$label")")
        read -r left top right bottom <<<"$box"
        [ $((right - left)) -lt 14 ] || [ $((bottom - top)) -lt 14 ] || break
    done
    parts=
    if [ $((bottom - top)) -gt 70 ]; then
        half=$(((bottom - top) / 2))
        parts="$(box_of "$(fill_of "$label")" "$top" $half)	$(box_of "$(fill_of "$label")" $((top + half)) $((half + 2)))"
    fi
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$label" "$nth" "$how" "$quote" "$box" "$parts" >>"$SCRATCH/boxes"
    settle 0.2
    [ "$(count)" -eq $n ] || fail "$label $quote by keys: $(count) mentions, not $n"
done <"$TARGETS"
check_targets "by keys"
keys Escape
shot by-keys
stored >"$SCRATCH/keys"
undo_and_redo_all "$TOTAL"
stored >"$SCRATCH/redone"
diff "$SCRATCH/keys" "$SCRATCH/redone" || fail "redo gave something else"
crash_window
open_window
stored >"$SCRATCH/reopened"
diff "$SCRATCH/keys" "$SCRATCH/reopened" || fail "after kill -9 and opening again something is missing"
shot reopened
echo "== by keys: stored, undone, redone, killed, reopened, identical"

echo "== by mouse"
for ((n = 0; n < TOTAL; n++)); do keys ctrl+z; done
settle 1
[ "$(count)" -eq 0 ] || fail "undo in a later session left $(count) mentions"
n=0
while IFS=$'\t' read -r label nth how quote box first second; do
    by_mouse "$label" "$nth" "$how" "$quote" $box "$first" "$second" </dev/null
    n=$((n + 1))
    settle 0.2
    [ "$(count)" -eq $n ] || fail "$label $quote by mouse at $box: $(count) mentions, not $n"
done <"$SCRATCH/boxes"
check_targets "by mouse"
keys Escape
shot by-mouse
stored >"$SCRATCH/mouse"
diff "$SCRATCH/keys" "$SCRATCH/mouse" || fail "by mouse something else was stored than by keys"
undo_and_redo_all "$TOTAL"
crash_window
open_window
stored >"$SCRATCH/again"
diff "$SCRATCH/keys" "$SCRATCH/again" || fail "after kill -9 and opening again something is missing"
"$HASHIYA" check "$PROJECT" || [ $? -eq 1 ]
echo "== by mouse: stored, undone, redone, killed, reopened, identical"

echo "== pictures"
resize_window 1440 900
keys ctrl+Home Tab Tab Tab
shot light
keys ctrl+shift+t
shot dark
keys ctrl+shift+l
shot dark-arabic
keys ctrl+shift+t
shot light-arabic
keys ctrl+shift+l
resize_window 1024 700
shot small
crash_window
WINIT_X11_SCALE_FACTOR=2 start_window "$PROJECT"
resize_window 2048 1400
keys ctrl+Home Tab Tab Tab
shot double
for picture in article by-keys reopened by-mouse light dark dark-arabic light-arabic small double; do
    is_drawn "$PICTURES/$picture.png" || fail "$picture is blank"
done
echo "== done: pictures in $PICTURES"
