import { text } from '../ports/text.ts';
import { splitLimits, type ConnectionLimits, type ServerLimits, type ServiceLimits } from './limits.ts';
import { option, type GivenOptions, type OptionSection } from './option.ts';
import { portNumber } from './read-written.ts';
import { serviceOptions, type IibOptions } from './service-options.ts';

/** The options that `launchApp` has beside those of a service. */
export const launchOptions = {
  /** Default 8000; 0 takes any free one. */
  port: option<number>({
    default: 8000,
    program: {
      flag: 'port',
      placeholder: 'number',
      read: portNumber,
      help: text('Port to listen on; 0 takes any free one', '监听端口；0 表示任选一个空闲端口'),
    },
  }),
  /** Address to listen on. Default `127.0.0.1`, which only this machine reaches. */
  host: option<string>({
    default: '127.0.0.1',
    program: {
      flag: 'host',
      placeholder: 'address',
      help: text(
        'Address to listen on; 127.0.0.1 is reached from this machine only',
        '监听地址；127.0.0.1 只能从本机访问',
      ),
    },
  }),
  /** Whether `POST /shutdown` closes the app. Default `false`. */
  enableShutdown: option<boolean>({
    default: false,
    program: {
      flag: 'enable_shutdown',
      takes: 'nothing',
      help: text('Let `POST /shutdown` end the server', '允许通过 `POST /shutdown` 关闭服务器'),
    },
  }),
  /** What service and server take on at most. */
  limits: option<Partial<ServiceLimits & ConnectionLimits>, ServerLimits>({
    default: {},
    check: splitLimits,
  }),
} as const satisfies OptionSection;

/** How to run the API alone. */
export interface LaunchOptions
  extends Omit<IibOptions, keyof typeof launchOptions>, GivenOptions<typeof launchOptions> {}

export const launchOptionNames: readonly string[] = Object.keys({ ...serviceOptions, ...launchOptions });
