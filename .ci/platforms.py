#!/usr/bin/env python3
"""platforms.py FOLDER: the results of Tests/Platforms in the folder's *.trx files, as a table of forms and platforms.

Their tests have the platform and the form as arguments: Counts_are_exact(linux-x64, trimmed)."""
import glob, os, re, sys, xml.etree.ElementTree as xml

cells, platforms, forms = {}, [], []
for path in glob.glob(os.path.join(sys.argv[1], "**", "*.trx"), recursive=True):
    root = xml.parse(path)
    ours = {test.get("id") for test in root.iterfind(".//{*}UnitTest")
            if test.find("{*}TestMethod").get("className").startswith("ProfilerWeaver.Tests.Platforms.")}
    for result in root.iterfind(".//{*}UnitTestResult"):
        arguments = re.fullmatch(r"\w+\((.+?),(.+)\)", result.get("testName"))
        if result.get("testId") not in ours or arguments is None:
            continue
        platform, form = (argument.strip('" ') for argument in arguments.groups())
        platforms += [platform] if platform not in platforms else []
        forms += [form] if form not in forms else []
        cells[platform, form] = "passed" if result.get("outcome") == "Passed" else "FAILED"

platforms.sort()
# Those of all platforms first.
forms.sort(key=lambda form: (-sum((platform, form) in cells for platform in platforms), form))
width = max(map(len, forms), default=0)
print(" " * width, *platforms, sep="  ")
for form in forms:
    print(form.ljust(width), *(cells.get((platform, form), "").ljust(len(platform)) for platform in platforms), sep="  ")
