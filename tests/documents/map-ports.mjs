// Loaded before an example: each port it listens on becomes a free one, and whatever it connects to by the port that is
// written becomes the one that was taken. So examples run as they stand, side by side.
import { Server, Socket } from 'node:net';

const taken = new Map(Object.entries(JSON.parse(process.env.EXAMPLE_PORTS ?? '{}')));
// oxlint-disable-next-line typescript/unbound-method -- called with their own `this` below
const [listen, connect] = [Server.prototype.listen, Socket.prototype.connect];

Server.prototype.listen = function (...args) {
  const [first, ...rest] = args;
  const written = typeof first === 'object' && first !== null ? first.port : first;
  if (!Number.isInteger(Number(written))) return listen.apply(this, args);
  this.prependOnceListener('listening', () => {
    const { port } = this.address();
    taken.set(String(written), port);
    process.send?.({ port });
  });
  return listen.call(this, typeof first === 'object' ? { ...first, port: 0 } : 0, ...rest);
};

Socket.prototype.connect = function (...args) {
  // Node hands on a list that it has put in order already.
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const port = taken.get(String(options?.port ?? options));
  if (port === undefined) return connect.apply(this, args);
  if (typeof options !== 'object') return connect.call(this, port, ...args.slice(1));
  options.port = port;
  return connect.apply(this, args);
};

process.channel?.unref();
