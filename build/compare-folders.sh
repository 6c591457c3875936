#!/usr/bin/env bash
# Shows that a profiled run does to a program's folder what an unwoven run does, and prints the same:
#   build/compare-folders.sh app.dll [arguments...]     (or the program's executable; stdin is passed to each run)
#   build/compare-folders.sh                            all samples, which are built first
# Each run gets a copy of the folder. Two of them are unwoven: what differs between those is not compared, and neither are
# durations ("in 0.39 s"), which may be equal in those two by chance. The tool is that of
# the repository's last Release build, or the command in PROF. The exit code is 1 if anything differs.
set -uo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
read -ra prof <<< "${PROF:-dotnet $repository/Tool/bin/Release/net10.0/dotnet-prof.dll}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C DOTNET_PROF_CACHE=${DOTNET_PROF_CACHE:-$work/cache}
here=$PWD

# A line for each file: kind, mode, length, sum, whether it was written to since the copy was made, name.
snapshot() { # folder
  cd "$1" || exit 1
  find . | sort | while IFS= read -r file; do
    if [ -L "$file" ]; then
      echo "link $(readlink "$file") $file"
    elif [ -d "$file" ]; then
      echo "folder $(ls -ldn "$file" | cut -c 1-10) $file"
    else
      written=$([ "$file" -nt "$1.made" ] && echo written || echo as-before)
      echo "file $(ls -ldn "$file" | awk '{ print $1, $2 }') $(cksum < "$file") $written $file"
    fi
  done
}

compare() { # what, unwoven, unwoven again, profiled
  # Lines that differ in two unwoven runs are left out, and so are their counterparts.
  if ! diff <(comm -12 <(sort "$2") <(sort "$3")) \
    <(comm -12 <(sort "$2") <(sort "$3") | comm -12 - <(sort "$4")) > /dev/null; then
    echo "$1 differ: unwoven (<) and profiled (>)"
    diff "$2" "$4"
    return 1
  fi
  # Something more, which no unwoven run has?
  if [ "$(wc -l < "$2")" = "$(wc -l < "$3")" ] && [ "$(wc -l < "$2")" != "$(wc -l < "$4")" ]; then
    echo "$1 differ: unwoven (<) and profiled (>)"
    diff "$2" "$4"
    return 1
  fi
}

check() { # program, arguments
  local program=$1 source name run status=0
  shift
  source=$(cd "$(dirname "$program")" && pwd)
  name=$(basename "$program")
  local input=/dev/null
  [ -t 0 ] || { cat > "$work/input"; input=$work/input; }
  for run in unwoven again profiled; do
    rm -rf "${work:?}/$run"
    mkdir "$work/$run"
    cp -Rp "$source" "$work/$run/program"
    touch "$work/$run/program.made"
    sleep 1 # Some file systems count times in seconds.
    local start=()
    case $name in *.dll) start=(dotnet) ;; esac
    [ $run = profiled ] && start=("${prof[@]}" -o "$work/$run/out.prof")
    # A service runs until it is told to end.
    [ -n "${lasts:-}" ] && start=(timeout "$lasts" "${start[@]}")
    (cd "$here" && "${start[@]}" "$work/$run/program/$name" "$@" < "$input" > "$work/$run/out" 2> "$work/$run/err")
    echo "exit code $?" >> "$work/$run/out"
    # What the tool itself says is not the program's.
    sed -i.orig -E "s#$work/$run/##g; s#-$run/##g; s/[0-9]+\.[0-9]+ m?s\b/DURATION/g; /^dotnet-prof: /d" "$work/$run/out" "$work/$run/err"
    snapshot "$work/$run/program" > "$work/$run/files"
  done
  for what in files out err; do
    compare "$what" "$work/unwoven/$what" "$work/again/$what" "$work/profiled/$what" || status=1
  done
  [ $status = 0 ] && echo "the same: $name $*" || echo "DIFFERENT: $name $*"
  return $status
}

if [ $# -gt 0 ]; then
  check "$@"
  exit
fi
failed=0
for sample in "$repository"/Samples/*/*.csproj; do
  name=$(basename "$sample" .csproj)
  built=$work/built/$name
  dotnet build "$sample" -c Release -o "$built" -v q -nologo -p:ProfilerWeaver=false > "$work/build" || { cat "$work/build"; exit 1; }
  arguments=("$(dirname "$sample")") lasts=
  grep -q Microsoft.NET.Sdk.Web "$sample" && arguments=(--urls http://127.0.0.1:0) lasts=15
  check "$built/$name.dll" "${arguments[@]}" < /dev/null || failed=1
  check "$built/$name" "${arguments[@]}" < /dev/null || failed=1
done
exit $failed
