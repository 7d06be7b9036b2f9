import type { Tutorial } from '../tutorial.ts'
import { devices } from './devices.ts'
import { internet } from './internet.ts'
import { layer2 } from './layer2.ts'
import { multi } from './multi.ts'
import { single } from './single.ts'

export const containerNetworking: Tutorial = {
  name: 'container-networking',
  title: 'Container Networking',
  author: 'de-marauder.hashnode.dev',
  date: '2024-04-12',
  summary:
    'Four configurations: one container on one host, several on one host, several hosts at one switch, and several hosts with the ' +
    'internet in between and an overlay over it. Then the other kinds of links that the document names: TUN, macvlan and ipvlan.',
  steps: [...single, ...multi, ...layer2, ...internet, ...devices],
}
