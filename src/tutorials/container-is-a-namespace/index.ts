import type { Tutorial } from '../tutorial.ts'
import { bridge } from './bridge.ts'
import { cables } from './cables.ts'
import { internet } from './internet.ts'

const machine =
  'Multipass is for those who have no Linux at hand; the host that this runs in is made for it, and ends with it.'

export const containerIsANamespace: Tutorial = {
  name: 'container-is-a-namespace',
  title: 'A Container Is a Linux Namespace and Networking Basics',
  author: 'Ivan Tarin',
  date: '2020-06-29',
  summary:
    'Two namespaces, pb and jelly, are given a cable each; a bridge joins the cables; an address on the bridge lets the host in. ' +
    'Then the bonus: a default gateway, masquerading and forwarding, until the namespaces reach the internet.',
  steps: [...cables, ...bridge, ...internet],
  unneeded: [
    { command: 'brew cask install multipass', why: machine },
    { command: 'multipass launch -n linux-vm', why: machine },
    { command: 'multipass list', why: machine },
    { command: 'multipass shell linux-vm', why: machine },
  ],
}
