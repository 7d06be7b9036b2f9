import { env } from 'node:process'
import { compile } from '../src/netlink/codec/compile.ts'

// A test decodes few messages of a table, and is about the functions that are made for tables read often. The loops that do the
// same have a test of their own (interpreted.test.ts), and every command that is run uses them.
compile.patience = 0

// Node warns on stderr where this file cannot be read, as in a world with another /etc; what the tests start must be silent.
delete env.NODE_EXTRA_CA_CERTS
