import type { Tutorial } from '../tutorial.ts'
import { bridge } from './bridge.ts'
import { cable } from './cable.ts'
import { docker } from './docker.ts'
import { host } from './host.ts'
import { outside } from './outside.ts'

export const virtualNetworking: Tutorial = {
  name: 'virtual-networking',
  title: 'Virtual Networking: From Basics to Docker and Beyond',
  author: 'devopswizard.hashnode.dev',
  date: '2024-07-27',
  summary:
    'Two namespaces at one cable; a cable to the host; the way out through the host, and a port of it for those outside; then the ' +
    'same namespaces at a bridge, and all that at once, as Docker does it.',
  steps: [...cable, ...host, ...outside, ...bridge, ...docker],
  unneeded: [
    {
      command: 'dmesg',
      why: 'What the kernel refuses it says in its answer; its log has nothing more about links and addresses.',
    },
  ],
}
