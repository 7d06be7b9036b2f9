import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { quoted, shortened } from '../values.ts'

export const comment = extension({
  name: 'comment',
  revision: 0,
  codec: xtables.matches.comment[0],
  options: [
    {
      names: ['comment'],
      required: true,
      read({ info, value }) {
        info.text = shortened(value, 255)
      },
    },
  ],
  save: ({ text }) => ` --comment${quoted(text)}`,
  list: ({ text }) => ` /* ${text} */`,
  help: `comment match options:
--comment COMMENT             Attach a comment to a rule
`,
})
