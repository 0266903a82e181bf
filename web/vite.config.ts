import { fileURLToPath } from 'node:url'
import { build, defineConfig, type Plugin, type UserConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What the content security policy demands of a build: nothing inline, no polyfill that is a script in the page. */
const strict = { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2022', reportCompressedSize: false, emptyOutDir: true } as const

const jsx: UserConfig = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } }

/** The demo sale is a site of its own: its files lie together, under a root of their own. */
function demoIco(): Plugin {
  let outDir = ''
  return {
    name: 'vouchsafe-demo-ico',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir
    },
    closeBundle: async () => {
      const settings = { ...strict, outDir: here(`${outDir}/demo-ico`) }
      await build({ ...jsx, configFile: false, root: here('demo-ico'), logLevel: 'warn', build: settings })
    },
  }
}

export default defineConfig({
  ...jsx,
  root: here('.'),
  worker: { format: 'es' },
  plugins: [demoIco()],
  build: {
    ...strict,
    outDir: '../dist/web',
    rolldownOptions: {
      input: { home: here('index.html'), wallet: here('wallet/index.html'), review: here('review/index.html'), present: here('present/index.html') },
    },
  },
})
