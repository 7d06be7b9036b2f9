import type { Tutorial } from '../tutorial.ts'
import { bridge } from './bridge.ts'
import { cable } from './cable.ts'
import { gateway } from './gateway.ts'

const image =
  'The container is a Linux host for those who have none; the host that this runs in is made for it, and ends with it.'

export const namespacesAndDocker: Tutorial = {
  name: 'namespaces-and-docker',
  title: 'Networking Concepts with Network Namespaces and Docker Containers',
  date: '2023-07-24',
  summary:
    'Two namespaces at one cable, then at a bridge, with the host among them; and the way from there to the neighbours of the host ' +
    'and to the internet. Four of the commands of the document are refused, and two are missing.',
  steps: [...cable, ...bridge, ...gateway],
  unneeded: [
    { command: 'docker build -t ubuntu_with_basic_net -f Dockerfile .', why: image },
    { command: 'docker run -it --name containerA --privileged ubuntu_with_basic_net', why: image },
  ],
}
