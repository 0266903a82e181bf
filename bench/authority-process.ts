import { issueBatch } from '../src/authority/credentials/index.ts'
import { startTestAuthority } from '../test/support/test-authority.ts'
import type { Answer, Asked } from './authority-child.ts'
import { spentNow } from './measure.ts'

// An authority in a process of its own, so that its CPU time can be told from its clients'.
const store = process.argv[2]
const authority = await startTestAuthority(store === undefined ? {} : { store, checkReplies: false })

const answerTo = async (asked: Asked): Promise<Answer> => {
  if (asked.what === 'issue') for (const requestJws of asked.requests) await issueBatch(authority.features, { ...asked, requestJws })
  if (asked.what === 'settle') await authority.features.duties.settle()
  if (asked.what === 'close') await authority.close()
  return { spent: spentNow() }
}

process.on('message', (asked: Asked) => {
  void answerTo(asked).then((answer) => process.send?.(answer, () => asked.what === 'close' && process.disconnect()))
})
process.send?.({ issuer: authority.issuer, rootThumbprint: authority.rootThumbprint, operator: authority.operator })
