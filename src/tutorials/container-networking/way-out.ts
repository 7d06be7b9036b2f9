import { allowForward, masquerade } from '../../ops/index.ts'
import type { Action } from '../tutorial.ts'

/** The three rules by which the containers behind a link of the host get out, and the answers in. */
export function openingTheWay(link: string): readonly Action[] {
  return [
    {
      command: `sudo iptables -t nat -I POSTROUTING -s 10.0.0.0/24 ! -o ${link} -j MASQUERADE`,
      op: masquerade({ source: '10.0.0.0/24', notOut: link, first: true }),
    },
    {
      command: `sudo iptables -I FORWARD -i ${link} -o eth0 -j ACCEPT`,
      op: allowForward({ in: link, out: 'eth0', first: true }),
    },
    {
      command: `sudo iptables -I FORWARD -o ${link} -i eth0 -j ACCEPT`,
      op: allowForward({ in: 'eth0', out: link, first: true }),
    },
  ]
}
