// Starts the program as a page does. What the workload would write into dotnet.js is said here.
import { readdirSync } from 'node:fs';
import { dotnet } from './_framework/dotnet.js';

const needed = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];
const others = readdirSync(new URL('_framework', import.meta.url)).filter(name => name.endsWith('.dll') && !needed.includes(name));
const assemblies = names => names.map(name => ({ name, virtualPath: name }));
await dotnet.withConfig({
  mainAssemblyName: 'Browser.dll',
  globalizationMode: 'invariant',
  resources: {
    jsModuleNative: [{ name: 'dotnet.native.js' }],
    jsModuleRuntime: [{ name: 'dotnet.runtime.js' }],
    wasmNative: [{ name: 'dotnet.native.wasm' }],
    coreAssembly: assemblies(needed),
    assembly: assemblies(others),
  },
}).run();
