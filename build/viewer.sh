#!/usr/bin/env bash
# Makes the page of HTML reports, Analysis/Report/page.html (or the file that is named), of the viewer's sources. Only who
# changes the viewer needs this, and Node 18 or later: the page is checked in.
set -euo pipefail
page=$(realpath -m "${1:-$(dirname "${BASH_SOURCE[0]}")/../Analysis/Report/page.html}")
cd "$(dirname "${BASH_SOURCE[0]}")/../Analysis/Report/Viewer"

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
npx tsc --noEmit
node bundle.mjs "$page"
