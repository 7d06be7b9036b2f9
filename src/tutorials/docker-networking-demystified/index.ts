import type { Tutorial } from '../tutorial.ts'
import { bridgeDown, bridgeUp } from './bridge.ts'
import { pair } from './pair.ts'

const shell = 'The shell of the script; here a step that fails is seen, and everything is taken back.'

export const dockerNetworkingDemystified: Tutorial = {
  name: 'docker-networking-demystified',
  title: 'Docker Networking Demystified',
  author: 'Saurav Rana',
  date: '2023-05-10',
  summary:
    'Two scripts, each up and down: two namespaces at one cable, then two at a bridge with a way to the internet. One command of ' +
    'the first is refused, and the second leaves something behind.',
  steps: [...pair, ...bridgeUp, ...bridgeDown],
  unneeded: [
    { command: 'set -o pipefail', why: shell },
    { command: 'string="$1"', why: shell },
    { command: 'if [ "$string" = "up" ]; then', why: shell },
    { command: 'if [ "$1" == "down" ]; then', why: shell },
  ],
}
