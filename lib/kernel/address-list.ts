import { BlockList, isIP } from 'node:net';

/** IP addresses and ranges, ready to be asked. */
export interface AddressList {
  has(address: string): boolean;
}

/** One entry of a list: an IPv4 or IPv6 address, or a range such as `10.0.0.0/8`. */
export function isAddressEntry(entry: string): boolean {
  return parseEntry(entry) !== null;
}

/** Compiles a list. Throws `RangeError` with the entry that is no address or range. */
export function compileAddressList(entries: readonly string[]): AddressList {
  const list = new BlockList();
  for (const entry of entries) {
    const parsed = parseEntry(entry);
    if (!parsed) throw new RangeError(`not an IP address or range: ${entry}`);
    list.addSubnet(parsed.address, parsed.prefix, parsed.family);
  }
  return {
    has: (address) => {
      const bare = plainAddress(address);
      const version = isIP(bare);
      return version !== 0 && list.check(bare, version === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

/** An address as people write it: an IPv4 address that a socket shows inside IPv6 stands by itself. */
export function plainAddress(address: string): string {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return inner ?? address;
}

function parseEntry(entry: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', prefix, more] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return null;
  const longest = version === 4 ? 32 : 128;
  if (prefix === undefined) return { address, prefix: longest, family: version === 4 ? 'ipv4' : 'ipv6' };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) return null;
  return { address, prefix: Number(prefix), family: version === 4 ? 'ipv4' : 'ipv6' };
}
