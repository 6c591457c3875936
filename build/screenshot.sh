#!/usr/bin/env bash
# Renews docs/report.png, the picture in README: the report of Samples/CodeStats in Chromium. It is that of CodeStats.prof here, which
# README's first command makes, or else of a new run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PROFILERWEAVER_SCREENSHOT=$PWD/docs/report.png dotnet test ReportTests -c Release --filter Name=A_picture_of_it_fits_into_README
