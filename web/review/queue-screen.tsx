import type { Console } from '../../src/device/console/console.ts'
import { claimCase, reviewQueue } from '../../src/device/console/open-case-files.ts'
import type { LeaseReply } from '../../src/shared/contract/types.ts'
import { Busy, Button } from '../ui/parts.tsx'
import { Heading } from '../ui/shell.tsx'
import { Fault, useLoaded, useTask } from '../ui/use-task.tsx'
import { dateText } from '../ui/words.ts'

const pollMilliseconds = 3000

/** Cases that were opened to this reviewer, oldest first. */
export function QueueScreen({ console, onClaim }: { readonly console: Console; readonly onClaim: (lease: LeaseReply) => void }) {
  const task = useTask()
  const { value: queue, fault } = useLoaded(() => reviewQueue(console), pollMilliseconds)
  const next = queue?.[0]
  return (
    <>
      <Heading>Your queue</Heading>
      {fault !== undefined && <Fault error={fault} />}
      {queue === undefined ? (
        fault === undefined && <Busy>Looking for cases …</Busy>
      ) : next === undefined ? (
        <p class="lead">Nothing waits for you. This page looks again by itself.</p>
      ) : (
        <>
          <p class="lead">{queue.length === 1 ? 'One case waits for you.' : `${queue.length} cases wait for you.`}</p>
          {task.state}
          <div class="actions">
            <Button isFirst isDisabled={task.isBusy} onClick={() => task.run('Claiming …', async () => onClaim(await claimCase(console, next.case)))}>
              Claim the next case
            </Button>
          </div>
          <h2>In order</h2>
          <ul class="card rows">
            {queue.map((each) => (
              <li class="row" key={each.case}>
                <div>
                  <span class="mono small">{each.case}</span>
                  <div class="quiet small">
                    Round {each.round}, {each.policy}, due by {dateText(each.deadlineSeconds)}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
