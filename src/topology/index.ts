/**
 * What a network is made of, and pictures of it.
 * @packageDocumentation
 */
export { arrange } from './arrange.ts'
export { drawDot, drawMermaid } from './graph.ts'
export { type ReadTopologyOptions, readTopology } from './read.ts'
export type { Box, Label, Line, Point, Scene } from './scene.ts'
export { drawSvg } from './svg.ts'
export { drawText, type TextStyle } from './text.ts'
export type { Topology, TopologyLink, TopologyNamespace, Wire, WireEnd } from './topology.ts'
