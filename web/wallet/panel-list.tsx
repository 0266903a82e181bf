import { fingerprint } from '../../src/device/fingerprint.ts'
import type { RosterEntry } from '../../src/shared/contract/types.ts'

/** Reviewers out of the checked roster: whom they work for, and the key that files are sealed to. */
export function PanelList({ panel }: { readonly panel: readonly RosterEntry[] }) {
  return (
    <ul class="card rows" data-panel>
      {panel.map(({ reviewer, organisation, recipient }) => (
        <li class="row" key={reviewer}>
          <div>
            <strong>A reviewer of {organisation}</strong>
            <div class="quiet small">
              Key <span class="mono">{fingerprint(recipient)}</span>
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}
