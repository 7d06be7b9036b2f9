import { join } from 'node:path'
import { execPath } from 'node:process'

const modules = join(import.meta.dirname, '../../../node_modules')

export interface BareRoot {
  /** An empty directory for it to be mounted on. */
  readonly root: string
  /** What /bin has: names of programs that the machine has there. */
  readonly programs: readonly string[]
  /** What is run inside, by /bin/sh; without single quotes. */
  readonly script: string
}

/**
 * A script that enters a root in which /bin, /sbin, /usr/bin and /usr/sbin are empty but for a few programs: made of the machine's own
 * directories, and thrown away with the mount namespace. To be run by `unshare -n -m /bin/sh -c`.
 */
export const bareRoot = ({ root, programs, script }: BareRoot) => `
  set -e
  mount --make-rprivate /
  mount -t tmpfs root '${root}'
  cd '${root}'
  mkdir -p proc sys dev run tmp etc usr/bin usr/sbin ${execPath.slice(1).replace(/\/[^/]*$/, '')}
  for d in lib lib64 usr/lib usr/lib64; do
    if [ -L /$d ]; then cp -P /$d $d
    elif [ -d /$d ]; then mkdir -p $d; mount --rbind /$d $d; fi
  done
  [ -L /bin ] && ln -s usr/bin bin || mkdir bin
  [ -L /sbin ] && ln -s usr/sbin sbin || mkdir sbin
  mkdir -p ${modules.slice(1)}
  mount --rbind '${modules}' '.${modules}'
  touch .${execPath}; mount --bind '${execPath}' .${execPath}
  mount --rbind /dev dev
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  for p in ${programs.join(' ')}; do cp -L /bin/$p bin/$p; done
  echo '127.0.0.1 localhost' > etc/hosts
  mkdir old
  pivot_root . old
  cd /
  /old/bin/umount -l /old
  exec /bin/sh -c '${script}'
`
