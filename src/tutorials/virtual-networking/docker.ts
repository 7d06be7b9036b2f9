import { connectContainer } from '../../ops/index.ts'
import { answers, fetches, hasAddress, hasRoute, OUTSIDE, sysctlIs } from '../checks/index.ts'
import type { Step } from '../tutorial.ts'
import { FAR, HOST } from './names.ts'

const BRIDGE = 'ipts0'
const GATEWAY = '172.18.0.1'
const FIRST = { name: 'my-container', ip: '172.18.0.2' }
const SECOND = { name: 'ubuntu', ip: '172.18.0.3' }
const THIRD = { name: 'nginx', ip: '172.18.0.4' }

/** All of it at once, as Docker does it. */
export const docker: readonly Step[] = [
  {
    title: 'All of that in one call',
    why:
      'The document lists what Docker does when a container starts: a namespace, a bridge if there is none yet, a cable, its ends in ' +
      'the namespace and at the bridge, addresses, everything up, address translation. It is the same here, without Docker and ' +
      'without an image: connectContainer of ipts is one op, and is undone as one.',
    anew: true,
    actions: [
      {
        command: 'docker run -d --name my-container nginx',
        op: connectContainer({ name: FIRST.name }),
      },
    ],
    checks: [
      hasAddress(
        'eth0',
        { address: `${FIRST.ip}/16` },
        {
          command: "docker inspect -f '{{range.NetworkSettings.Networks}}{{.IPAddress}}{{end}}' my-container",
          proves: 'the container has an address',
          netns: FIRST.name,
        },
      ),
      hasAddress(
        BRIDGE,
        { address: `${GATEWAY}/16` },
        { command: 'ip addr show ipts0', proves: 'a bridge has been made, and is its gateway' },
      ),
      hasRoute(
        { dst: 'default', via: GATEWAY, link: 'eth0' },
        { command: 'ip -n my-container route', proves: 'the container knows the way out', netns: FIRST.name },
      ),
      sysctlIs('net.ipv4.ip_forward', '1', { command: 'sysctl net.ipv4.ip_forward', proves: 'the host is a router' }),
      answers(FIRST.ip, { command: 'ping <container_ip>', proves: 'the host reaches the container' }),
      fetches(
        { server: { netns: FIRST.name, port: 80 }, to: { address: FIRST.ip, port: 80 } },
        { command: 'curl http://172.18.0.2/', proves: 'and gets a page from a server in it' },
      ),
    ],
  },
  {
    title: 'From a container to a server outside',
    why: 'The second container finds the bridge there and gets the next address. Nothing else need be said for it to get out.',
    actions: [{ command: 'docker run -it ubuntu bash', op: connectContainer({ name: SECOND.name }) }],
    checks: [
      fetches(
        { server: { netns: OUTSIDE, port: 80 }, to: { address: FAR, port: 80 }, seenAs: HOST.uplink },
        {
          command: 'apt-get update',
          proves: 'a server far away is reached, and sees the host',
          netns: SECOND.name,
        },
      ),
      fetches(
        { server: { netns: FIRST.name, port: 80 }, to: { address: FIRST.ip, port: 80 }, seenAs: SECOND.ip },
        {
          command: 'curl http://172.18.0.2/',
          proves: 'the other container is reached too, and sees who asks',
          netns: SECOND.name,
        },
      ),
    ],
  },
  {
    title: 'From outside to a container',
    why: 'A published port is the DNAT rule and the ACCEPT rule of before, and one more for what the host itself sends.',
    actions: [
      {
        command: 'docker run -d -p 8080:80 nginx',
        op: connectContainer({ name: THIRD.name, publish: ['8080:80'] }),
      },
    ],
    checks: [
      fetches(
        { server: { netns: THIRD.name, port: 80 }, to: { address: HOST.uplink, port: 8080 }, seenAs: '172.17.0.1' },
        {
          command: 'curl http://172.17.0.2:8080/',
          proves: 'a client outside gets a page by the port of the host, and is seen as who it is',
          netns: OUTSIDE,
        },
      ),
      fetches(
        { server: { netns: THIRD.name, port: 80 }, to: { address: HOST.uplink, port: 8080 } },
        { command: 'curl http://172.17.0.2:8080/', proves: 'so does the host' },
      ),
    ],
  },
]
