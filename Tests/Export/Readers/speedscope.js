// Prints what speedscope makes of a file: for each profile its name, unit and total, and the own weight of each frame. Its importer
// is part of the script of its page, of which nothing else is needed.
'use strict'
const fs = require('fs')
const path = require('path')
const vm = require('vm')

const [release, file] = process.argv.slice(2)
const name = fs.readdirSync(release).find(entry => /^speedscope-.*\.js$/.test(entry))
const script = fs.readFileSync(path.join(release, name), 'utf8')
const importer = /async function ([\w$]+)\(t,e\)\{return\(await [\w$]+\)\.importProfilesFromArrayBuffer\(t,e\)\}/.exec(script)[1]
const begin = script.indexOf('(()=>{') + '(()=>{'.length

// The page itself fails at the first thing that it wants of a browser, after its importers are there.
const nothing = new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? () => 0 : nothing, apply: () => nothing })
Object.assign(globalThis, { window: globalThis, document: nothing, localStorage: nothing, location: { hash: '', protocol: 'file:' } })
console.log = () => {}
try {
  vm.runInThisContext(script.slice(0, begin) + `globalThis.importProfile=${importer};` + script.slice(begin))
} catch {
}

const bytes = fs.readFileSync(file)
importProfile(path.basename(file), bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)).then(group => {
  const profiles = group.profiles.map(profile => {
    const frames = []
    profile.forEachFrame(frame => frames.push({ name: frame.name, self: frame.getSelfWeight() }))
    return { name: profile.getName(), unit: profile.getWeightUnit(), total: profile.getTotalWeight(), frames }
  })
  process.stdout.write(JSON.stringify(profiles), () => process.exit(0))
}, error => {
  console.error(error)
  process.exit(1)
})
