import { BlockList, isIP } from 'node:net';
import { InvalidPattern } from './invalidPattern.ts';
import type { TestValue } from './textConditions.ts';

const BITS = { 4: 32, 6: 128 } as const;

export function cidr(argument: unknown, path: string): TestValue {
  const [network = '', bits = '', ...others] = String(argument).split('/');
  const version = isIP(network);
  if ((version !== 4 && version !== 6) || others.length > 0 || !isPrefixLength(bits, BITS[version])) {
    throw new InvalidPattern(`cidr at ${path} takes an address and a prefix length, such as 10.0.0.0/24`);
  }
  if (Number(bits) === BITS[version]) {
    throw new InvalidPattern(`cidr at ${path} takes a network: a single address stands without an operator`);
  }
  const kind = version === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(bits), kind);
  return (value) => typeof value === 'string' && isIP(value) === version && list.check(value, kind);
}

function isPrefixLength(text: string, most: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= most;
}
