export { controller, type GenericFamily, genericProtocol, getFamily } from './controller.ts'
export * as tcpMetrics from './tcp-metrics.ts'
