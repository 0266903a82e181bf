import express, { type Router } from 'express'
import { pageHeaders, presentPageHeaders } from './security-headers.ts'

/**
 * Serves the built pages: `folder/wallet/index.html` at `/wallet`, and so on. Files under `assets/` carry their hash in their name and may be kept.
 * @param folder made by `npm run build`; a folder that is not there serves nothing.
 */
export function pages(folder: string): Router {
  const router = express.Router()
  router.use((request, response, next) => (/^\/present(\/|$)/.test(request.path) ? presentPageHeaders : pageHeaders)(request, response, next))
  // the demo sale is a site of its own, on its own origin
  router.use('/demo-ico', (_request, _response, next) => next('router'))
  router.use('/assets', express.static(`${folder}/assets`, { index: false, immutable: true, maxAge: '1y', redirect: false, dotfiles: 'ignore' }))
  router.use(express.static(folder, { index: 'index.html', extensions: ['html'], cacheControl: false, setHeaders: (response) => response.setHeader('cache-control', 'no-cache'), redirect: true, dotfiles: 'ignore' })) // prettier-ignore
  return router
}
