export { buildPng } from './conformance/build-png.ts';
