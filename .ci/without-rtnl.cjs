// Preloaded into npm (NODE_OPTIONS=--require) on a machine whose kernel no longer answers rtnetlink: what lists the
// machine's interfaces or addresses there never returns, and cannot be killed. npm does both before it does anything
// else: os.networkInterfaces() for a default of its configuration, and getaddrinfo(), which asks for the machine's
// addresses to sort what it found. Names are looked up over DNS alone instead. It stays in the environment for the npm that an
// install script may start; scripts/test.js takes it out.
'use strict'
const dns = require('node:dns')
const { isIP } = require('node:net')
const os = require('node:os')

os.networkInterfaces = () => ({})

function lookup(hostname, options, callback) {
  if (typeof options === 'function') return lookup(hostname, {}, options)
  const all = typeof options === 'object' && options?.all
  const answer = (address, family) =>
    process.nextTick(() => (all ? callback(null, [{ address, family }]) : callback(null, address, family)))
  if (isIP(hostname)) return answer(hostname, isIP(hostname))
  if (hostname === 'localhost') return answer('127.0.0.1', 4)
  dns.resolve4(hostname, (error, addresses) => {
    if (error) callback(error)
    else if (all)
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )
    else callback(null, addresses[0], 4)
  })
}

dns.lookup = lookup
dns.promises.lookup = (hostname, options = {}) =>
  new Promise((resolve, reject) =>
    lookup(hostname, options, (error, address, family) =>
      error ? reject(error) : resolve(typeof options === 'object' && options.all ? address : { address, family }),
    ),
  )
