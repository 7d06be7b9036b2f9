export const RTM_NEWNEIGHTBL = 64
export const RTM_GETNEIGHTBL = 66
export const RTM_SETNEIGHTBL = 67
