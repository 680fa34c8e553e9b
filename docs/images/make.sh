#!/usr/bin/env bash
# Renews the pictures of the README: trains for a few minutes on the bundled essays, records the terminal, and takes a
# screenshot of the report. data-flow.svg is drawn by hand.
#
#   docs/images/make.sh [FOLDER]     FOLDER keeps the run; if there is one, only the pictures are made again
#
# On Debian: apt-get install chromium pngquant fonts-wqy-zenhei
set -euo pipefail
images=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$images/../.." && pwd)
folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
command=(train essays.txt --out essays.ckpt --profile small --hidden-size 256 --dropout 0.3
  --document-begin ^ --reset-at-documents --prompt 选 --seed 1)

cd "$folder"
if [ ! -d essays.run ]; then
  cp "$root/examples/essay/src/main/resources/org/charrnn/examples/essay/essays.txt" .
  "$root/bin/charrnn" --version # builds if necessary
  script --quiet --command "stty cols 100; '$root/bin/charrnn' ${command[*]}" typescript
fi
python3 "$images/terminal.py" "charrnn ${command[*]}" <typescript >"$images/terminal.svg"

"$root/bin/charrnn" report essays.run

# screenshot NAME SCHEME: 0 is the dark color scheme of Chromium, 1 the light one
screenshot() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,895 \
    --blink-settings=preferredColorScheme="$2" --screenshot="$PWD/$1" "file://$PWD/essays.run/report.html" 2>/dev/null
  pngquant --force --output "$images/$1" 64 "$1"
}
screenshot report.png 1
screenshot report-dark.png 0
