#!/usr/bin/env bash
# pictures.sh FOLDER [HASHIYA]: pictures of the real window on the demo project, for the README.
set -euo pipefail
PICTURES=$(mkdir -p "$1" && realpath "$1")
HASHIYA=$(realpath "${2:-target/release/hashiya}")
cd "$(dirname "$0")/../.."
source tests/xvfb/window.sh
need_tools
SCRATCH=$(mktemp -d)
export HASHIYA_DATA_DIR=$SCRATCH/data
trap clean_up EXIT

"$HASHIYA" demo "$SCRATCH/demo" 2>/dev/null
start_display 1440x900
start_window "$SCRATCH/demo"
resize_window 1440 900
keys ctrl+Home Tab Tab Tab Tab
shot reader-light
keys ctrl+shift+t ctrl+shift+l
shot reader-dark-arabic
keys ctrl+shift+t ctrl+shift+l
resize_window 1024 700
shot reader-1024
crash_window
start_window
resize_window 1024 700
shot first-screen
for picture in reader-light reader-dark-arabic reader-1024 first-screen; do
    is_drawn "$PICTURES/$picture.png" || { echo "$picture is blank" >&2; exit 1; }
done
